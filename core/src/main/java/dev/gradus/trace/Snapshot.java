package dev.gradus.trace;

import dev.gradus.UserException;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Weights and states after a step.
 *
 * @param weights for each parameter in order, its weight, row-major
 * @param states for each state that exists, named {@code parameter/state}, its values, one for a
 *     state per tensor; the count of steps is not among them
 * @param measured for each parameter that took part, the named numbers of {@link
 *     dev.gradus.StepReport#measured()}
 */
public record Snapshot(
    SequencedMap<String, double[]> weights,
    SequencedMap<String, double[]> states,
    Map<String, Map<String, Double>> measured) {
  /** Refuses numbers that no trace can hold. */
  void requireFinite() {
    weights.forEach(Snapshot::requireFinite);
    states.forEach(Snapshot::requireFinite);
  }

  private static void requireFinite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new UserException(
            "'%s' becomes %s at index %d, which a trace can't hold; the numbers are too large for"
                    .formatted(name, values[i], i)
                + " this optimizer in this precision.");
      }
    }
  }
}
