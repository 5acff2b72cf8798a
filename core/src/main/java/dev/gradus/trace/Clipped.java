package dev.gradus.trace;

import dev.gradus.Parameter;
import dev.gradus.equation.Pipeline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What a clipping method makes of gradients.
 *
 * @param gradients for each tensor in order, its gradient after clipping, row-major
 * @param totalNorm the norm over all tensors before clipping, if the method needs it
 */
public record Clipped(SequencedMap<String, double[]> gradients, OptionalDouble totalNorm) {
  private static final String TOTAL_NORM = "clipNorm";

  /**
   * Clips gradients: from weights of 0, a step at learning rate 1 subtracts what is left of them.
   *
   * @param method the name of the method, such as {@code clip-norm}
   * @param options its options, as text by name
   * @param tensors the gradients' names and shapes
   * @param gradients for each tensor, its gradient, row-major
   * @param instead the pipeline to use; when empty, the one that method and options name
   * @param engine by which engine
   * @return the clipped gradients
   * @throws dev.gradus.UserException if method, options or numbers are not possible
   */
  public static Clipped of(
      String method,
      Map<String, String> options,
      List<Parameter> tensors,
      Map<String, double[]> gradients,
      Optional<Pipeline> instead,
      ReplayEngine engine) {
    var atRateOne = new HashMap<>(options);
    atRateOne.put(Methods.LEARNING_RATE, "1");
    var step = new RecordedStep(Map.of(), Optional.empty(), gradients);
    var trace = new Trace(method, atRateOne, tensors, zeros(tensors), List.of(step));
    try (var replay = new Replay(trace, instead, engine)) {
      Snapshot after = replay.next();
      var clipped = new LinkedHashMap<String, double[]>();
      after.weights().forEach((name, weight) -> clipped.put(name, negated(weight)));
      return new Clipped(clipped, totalNorm(after));
    }
  }

  private static Map<String, double[]> zeros(List<Parameter> tensors) {
    var zeros = new HashMap<String, double[]>();
    tensors.forEach(t -> zeros.put(t.name(), new double[Math.toIntExact(t.shape().size())]));
    return zeros;
  }

  private static double[] negated(double[] values) {
    var result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = 0 - values[i];
    }
    return result;
  }

  private static OptionalDouble totalNorm(Snapshot after) {
    return after.measured().values().stream()
        .filter(measured -> measured.containsKey(TOTAL_NORM))
        .mapToDouble(measured -> measured.getOrDefault(TOTAL_NORM, 0.0))
        .findFirst();
  }
}
