package dev.gradus;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.engine.Tensors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weights and gradients of a test, in the precision of an engine. */
final class Memory implements Tensors {
  private final boolean single;
  private final List<Parameter> parameters;
  private final List<MemorySegment> weights = new ArrayList<>();
  private final List<MemorySegment> gradients = new ArrayList<>();
  private Map<String, double[]> present = Map.of();

  Memory(Arena arena, List<Parameter> parameters, boolean single) {
    this.single = single;
    this.parameters = parameters;
    for (Parameter p : parameters) {
      long bytes = p.shape().size() * (single ? Float.BYTES : Double.BYTES);
      weights.add(arena.allocate(bytes, 64));
      gradients.add(arena.allocate(bytes, 64));
    }
  }

  void weights(int parameter, double[] values) {
    write(weights.get(parameter), values);
  }

  double[] weights(int parameter) {
    return read(weights.get(parameter), single);
  }

  /** Sets the gradients of a step; parameters without one are absent. */
  void gradients(Map<String, double[]> byName) {
    present = byName;
    for (int i = 0; i < parameters.size(); i++) {
      double[] values = byName.get(parameters.get(i).name());
      if (values != null) {
        write(gradients.get(i), values);
      }
    }
  }

  @Override
  public MemorySegment weight(int index) {
    return weights.get(index);
  }

  @Override
  public @Nullable MemorySegment gradient(int index) {
    return present.containsKey(parameters.get(index).name()) ? gradients.get(index) : null;
  }

  private void write(MemorySegment to, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (single) {
        to.setAtIndex(JAVA_FLOAT, i, (float) values[i]);
      } else {
        to.setAtIndex(JAVA_DOUBLE, i, values[i]);
      }
    }
  }

  static double[] read(MemorySegment from, boolean single) {
    var result = new double[(int) (from.byteSize() / (single ? Float.BYTES : Double.BYTES))];
    for (int i = 0; i < result.length; i++) {
      result[i] = single ? from.getAtIndex(JAVA_FLOAT, i) : from.getAtIndex(JAVA_DOUBLE, i);
    }
    return result;
  }
}
