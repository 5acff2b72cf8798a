package dev.gradus.djl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.Parameter;
import dev.gradus.engine.Tensors;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Running means of the gradients of the trusted loss, in which each look counts less with every
 * later one: a few trusted examples say little, those of several looks more.
 *
 * <p>They begin at 0, so the first are small, but point the right way.
 */
final class RecentGradients {
  private static final String PREFIX = "instances/trusted-gradient/";

  private final float memory;
  private final List<Tensor> means;

  /** With the share of a mean that stays in the next. */
  RecentGradients(List<Parameter> parameters, double memory, Arena arena) {
    this.memory = (float) memory;
    means = parameters.stream().map(parameter -> zeros(parameter, arena)).toList();
  }

  private static Tensor zeros(Parameter parameter, Arena arena) {
    var shape = parameter.shape();
    var data = arena.allocate(shape.size() * Float.BYTES, Long.BYTES);
    return new Tensor(PREFIX + parameter.name(), Dtype.F32, shape.dimensions(), data);
  }

  /**
   * Takes gradients in and puts the means in their place; leaves all alone if one is not finite.
   */
  void replace(Tensors now) {
    var gradients = IntStream.range(0, means.size()).mapToObj(now::gradient).toList();
    if (gradients.stream().filter(Objects::nonNull).allMatch(RecentGradients::isFinite)) {
      for (int index = 0; index < means.size(); index++) {
        var gradient = gradients.get(index);
        if (gradient != null) {
          mix(means.get(index).data(), gradient);
        }
      }
    }
  }

  private static boolean isFinite(MemorySegment numbers) {
    double sum = 0;
    for (long i = 0; i < numbers.byteSize() / Float.BYTES; i++) {
      sum += numbers.getAtIndex(JAVA_FLOAT, i);
    }
    return Double.isFinite(sum);
  }

  private void mix(MemorySegment mean, MemorySegment gradient) {
    for (long i = 0; i < mean.byteSize() / Float.BYTES; i++) {
      float kept = memory * mean.getAtIndex(JAVA_FLOAT, i);
      float next = kept + (1 - memory) * gradient.getAtIndex(JAVA_FLOAT, i);
      mean.setAtIndex(JAVA_FLOAT, i, next);
      gradient.setAtIndex(JAVA_FLOAT, i, next);
    }
  }

  /** As it is kept in a checkpoint; the memory is the live one. */
  List<Tensor> state() {
    return means;
  }

  /** Goes on with saved means; those that were not saved begin at 0. */
  void restore(Map<String, Tensor> saved) {
    for (Tensor mean : means) {
      var found = saved.get(mean.name());
      if (found != null && found.shape().equals(mean.shape())) {
        mean.data().copyFrom(found.data());
      }
    }
  }
}
