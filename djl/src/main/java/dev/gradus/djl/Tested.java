package dev.gradus.djl;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The test metrics of a finished run, by name.
 *
 * @param best those of the best epoch's weights
 * @param last those of the last weights
 */
record Tested(SequencedMap<String, Double> best, SequencedMap<String, Double> last) {
  static final Tested NOT = new Tested(new LinkedHashMap<>(), new LinkedHashMap<>());
}
