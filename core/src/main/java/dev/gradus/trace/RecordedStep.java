package dev.gradus.trace;

import java.util.Map;
import java.util.Optional;

/**
 * What was given to an optimizer in one step.
 *
 * @param options options that change before the step and stay changed, as text by name
 * @param action what is done to the states before the step, such as {@code restart}
 * @param gradients for each tensor that had one, its gradient, row-major
 */
public record RecordedStep(
    Map<String, String> options, Optional<String> action, Map<String, double[]> gradients) {
  /** Copies the maps. */
  public RecordedStep {
    options = Map.copyOf(options);
    gradients = Map.copyOf(gradients);
  }
}
