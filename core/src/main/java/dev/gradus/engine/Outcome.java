package dev.gradus.engine;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What became of a step.
 *
 * @param notFinite the first tensor whose gradient is not finite, or overflows when squared; then
 *     nothing was changed
 * @param measured for each tensor, the named scalars that were asked for; empty if none were
 */
public record Outcome(OptionalInt notFinite, List<Map<String, Double>> measured) {
  static final Outcome ACCEPTED = new Outcome(OptionalInt.empty(), List.of());

  static Outcome notFinite(int tensor) {
    return new Outcome(OptionalInt.of(tensor), List.of());
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
