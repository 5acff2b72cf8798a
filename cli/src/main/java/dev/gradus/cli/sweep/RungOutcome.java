package dev.gradus.cli.sweep;

import java.util.List;
import java.util.Objects;

/**
 * How a candidate did in a further rung of the tuning.
 *
 * @param validation its figures on validation, of the runs that did not diverge
 * @param diverged how many runs diverged
 * @param results the names of its runs
 */
public record RungOutcome(Spread validation, int diverged, List<String> results) {
  /** An absent list is an empty one. */
  public RungOutcome {
    results = List.copyOf(Objects.requireNonNullElse(results, List.of()));
  }

  static RungOutcome of(List<Trial> trials, Tuning tuning) {
    return new RungOutcome(
        tuning.spread(trials), tuning.diverged(trials), trials.stream().map(Trial::name).toList());
  }
}
