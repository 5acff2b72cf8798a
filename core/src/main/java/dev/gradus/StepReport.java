package dev.gradus;

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
  static final StepReport TAKEN = new StepReport(Optional.empty(), Map.of());

  /**
   * Whether the step was taken.
   *
   * @return false if nothing was changed
   */
  public boolean accepted() {
    return notFinite.isEmpty();
  }
}
