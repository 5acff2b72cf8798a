package dev.gradus.djl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.rule.Preconditioner;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A number for every trained weight: a preconditioned gradient to move along. */
final class Direction {
  private static final long ALIGNMENT = 64;

  private final ParameterBinding binding;
  private final List<MemorySegment> values = new ArrayList<>();
  private double length;

  Direction(ParameterBinding binding, Arena arena) {
    this.binding = binding;
    for (var parameter : binding.parameters()) {
      values.add(arena.allocate(parameter.shape().size() * Float.BYTES, ALIGNMENT));
    }
  }

  List<MemorySegment> values() {
    return values;
  }

  /** The Euclidean length; 0 for one that is not finite, which nobody can follow. */
  double length() {
    return length;
  }

  /** Points nowhere. */
  void forget() {
    length = 0;
  }

  /**
   * Takes over the present gradients, each multiplied by what the optimizer preconditions it by.
   */
  void takeGradients(Collection<Tensor> states) {
    Map<String, MemorySegment> factors =
        states.stream()
            .filter(state -> state.name().endsWith("/" + Preconditioner.STATE))
            .collect(Collectors.toMap(Tensor::name, Tensor::data));
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      String name = binding.parameters().get(i).name() + "/" + Preconditioner.STATE;
      sum += take(values.get(i), binding.gradient(i), factors.get(name));
    }
    length = Double.isFinite(sum) ? Math.sqrt(sum) : 0;
  }

  private static double take(
      MemorySegment to, @Nullable MemorySegment gradient, @Nullable MemorySegment factor) {
    if (gradient == null) {
      to.fill((byte) 0);
      return 0;
    }
    long count = to.byteSize() / Float.BYTES;
    double sum = 0;
    for (long i = 0; i < count; i++) {
      float g = gradient.getAtIndex(JAVA_FLOAT, i);
      float value = factor == null ? g : g * factor.getAtIndex(JAVA_FLOAT, i);
      to.setAtIndex(JAVA_FLOAT, i, value);
      sum += (double) value * value;
    }
    return sum;
  }
}
