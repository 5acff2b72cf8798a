package dev.gradus;

import dev.gradus.engine.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a step.
 *
 * @param notFinite the parameter whose gradient is infinite, not-a-number or overflows when
 *     squared; then neither weights nor states were touched
 * @param measured for each parameter that took part, named numbers: {@code gradientNorm}, {@code
 *     weightNorm} before the step, {@code updateNorm} and what its rules measure; empty unless
 *     asked for, and without what would cost further memory traffic
 */
public record StepReport(Optional<String> notFinite, Map<String, Map<String, Double>> measured) {
  /** One object for every step that was taken and not measured, so that none is made. */
  private static final StepReport TAKEN = new StepReport(Optional.empty(), Map.of());

  static StepReport of(Outcome outcome, List<Parameter> parameters) {
    if (!outcome.accepted()) {
      String name = parameters.get(outcome.notFinite().getAsInt()).name();
      return new StepReport(Optional.of(name), Map.of());
    }
    return outcome.measured().isEmpty()
        ? TAKEN
        : new StepReport(Optional.empty(), byName(outcome.measured(), parameters));
  }

  private static Map<String, Map<String, Double>> byName(
      List<Map<String, Double>> measured, List<Parameter> parameters) {
    var result = new LinkedHashMap<String, Map<String, Double>>();
    for (int i = 0; i < measured.size(); i++) {
      if (!measured.get(i).isEmpty()) {
        result.put(parameters.get(i).name(), measured.get(i));
      }
    }
    return result;
  }

  /**
   * Whether the step was taken.
   *
   * @return false if nothing was changed
   */
  public boolean accepted() {
    return notFinite.isEmpty();
  }
}
