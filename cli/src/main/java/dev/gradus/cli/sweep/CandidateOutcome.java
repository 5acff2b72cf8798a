package dev.gradus.cli.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * How a candidate did in tuning.
 *
 * @param varied the settings that are varied and their values
 * @param validation its figures on validation, of the runs that did not diverge
 * @param diverged how many runs diverged
 * @param results the names of its tuning runs
 */
public record CandidateOutcome(
    SequencedMap<String, String> varied, Spread validation, int diverged, List<String> results) {
  /** An absent map or list is an empty one. */
  public CandidateOutcome {
    varied = Objects.requireNonNullElseGet(varied, LinkedHashMap::new);
    results = List.copyOf(Objects.requireNonNullElse(results, List.of()));
  }

  static CandidateOutcome of(Candidate candidate, Tuning tuning) {
    return new CandidateOutcome(
        candidate.varied(),
        tuning.spread(candidate),
        tuning.diverged(candidate.tuning()),
        candidate.tuning().stream().map(Trial::name).toList());
  }
}
