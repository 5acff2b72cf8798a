package dev.gradus.trace;

import dev.gradus.Parameter;
import dev.gradus.UserException;
import dev.gradus.engine.Tensors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Weights and gradients of a replay, in an engine's precision. */
final class RecordedMemory implements Tensors {
  private final List<Parameter> parameters;
  private final Precision precision;
  private final List<MemorySegment> weights = new ArrayList<>();
  private final List<MemorySegment> gradients = new ArrayList<>();
  private Map<String, double[]> present = Map.of();

  RecordedMemory(Arena arena, Trace trace, Precision precision) {
    this.parameters = trace.parameters();
    this.precision = precision;
    for (Parameter parameter : parameters) {
      weights.add(precision.allocate(arena, parameter.shape().size()));
      gradients.add(precision.allocate(arena, parameter.shape().size()));
      write("The weight of", parameter, trace.weights(), weights.getLast());
    }
  }

  /** Sets the gradients of a step; a parameter without one is absent. */
  void gradients(Map<String, double[]> byName) {
    present = byName;
    for (int i = 0; i < parameters.size(); i++) {
      if (byName.containsKey(parameters.get(i).name())) {
        write("The gradient of", parameters.get(i), byName, gradients.get(i));
      }
    }
  }

  SequencedMap<String, double[]> weights() {
    var result = new LinkedHashMap<String, double[]>();
    for (int i = 0; i < parameters.size(); i++) {
      var values = new double[Math.toIntExact(parameters.get(i).shape().size())];
      for (int k = 0; k < values.length; k++) {
        values[k] = precision.read(weights.get(i), k);
      }
      result.put(parameters.get(i).name(), values);
    }
    return result;
  }

  private void write(
      String what, Parameter parameter, Map<String, double[]> from, MemorySegment to) {
    double[] values = from.getOrDefault(parameter.name(), new double[0]);
    for (int k = 0; k < values.length; k++) {
      precision.write(to, k, values[k]);
      if (!Double.isFinite(precision.read(to, k))) {
        throw new UserException(
            "%s '%s' is %s at index %d, which is beyond single precision; replay it in double"
                    .formatted(what, parameter.name(), values[k], k)
                + " precision, by the reference engine.");
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
}
