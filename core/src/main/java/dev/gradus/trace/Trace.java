package dev.gradus.trace;

import dev.gradus.Parameter;
import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of a recorded run.
 *
 * @param method which optimizer ran
 * @param options its options, as text by name; {@code ∞} for one without a bound
 * @param parameters what was trained
 * @param weights for each parameter, its weight at the start, row-major
 * @param steps the steps in order
 */
public record Trace(
    String method,
    Map<String, String> options,
    List<Parameter> parameters,
    Map<String, double[]> weights,
    List<RecordedStep> steps) {
  private static final double[] NONE = {};

  /**
   * Copies the collections.
   *
   * @throws UserException if numbers are missing, too many or not finite, or a gradient belongs to
   *     no parameter
   */
  public Trace {
    options = Map.copyOf(options);
    parameters = List.copyOf(parameters);
    weights = Map.copyOf(weights);
    steps = List.copyOf(steps);
    Map<String, Long> sizes = sizes(parameters);
    for (Parameter parameter : parameters) {
      double[] values = weights.getOrDefault(parameter.name(), NONE);
      check("The weight of", parameter.name(), values, sizes);
    }
    for (int t = 0; t < steps.size(); t++) {
      String what = "In step " + (t + 1) + " the gradient of";
      steps.get(t).gradients().forEach((name, values) -> check(what, name, values, sizes));
    }
  }

  private static Map<String, Long> sizes(List<Parameter> parameters) {
    var sizes = new HashMap<String, Long>();
    for (Parameter parameter : parameters) {
      if (sizes.put(parameter.name(), parameter.shape().size()) != null) {
        throw new UserException(
            "Two parameters are named '%s'; give each a name of its own."
                .formatted(parameter.name()));
      }
    }
    return sizes;
  }

  private static void check(String what, String name, double[] values, Map<String, Long> sizes) {
    Long size = sizes.get(name);
    if (size == null) {
      throw new UserException(
          "%s '%s' belongs to no parameter%s"
              .formatted(what, name, Nearest.hint(name, sizes.keySet())));
    }
    if (values.length != size) {
      throw new UserException(
          "%s '%s' has %d numbers, but its shape has %d."
              .formatted(what, name, values.length, size));
    }
    requireFinite(what, name, values);
  }

  private static void requireFinite(String what, String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new UserException(
            "%s '%s' is %s at index %d; a trace holds finite numbers only."
                .formatted(what, name, values[i], i));
      }
    }
  }
}
