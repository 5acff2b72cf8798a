package dev.gradus.cli.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * One choice of the settings that an entrant varies.
 *
 * @param varied the settings that are varied and their values
 * @param tuning for each rung the runs that judge it on validation, one for each tuning seed
 * @param finals the runs to be made if it is chosen, one for each seed
 */
public record Candidate(
    SequencedMap<String, String> varied, List<List<Trial>> tuning, List<Trial> finals) {
  /** Copies the collections. */
  public Candidate {
    varied = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(varied));
    tuning = tuning.stream().map(List::copyOf).toList();
    finals = List.copyOf(finals);
  }

  /**
   * The candidate in words.
   *
   * @param varied settings and their values
   * @return such as {@code lr=0.003 batch=32}, or a dash if nothing is varied
   */
  public static String text(SequencedMap<String, String> varied) {
    return varied.isEmpty()
        ? "-"
        : varied.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(" "));
  }
}
