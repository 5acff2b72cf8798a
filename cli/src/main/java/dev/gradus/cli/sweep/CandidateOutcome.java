package dev.gradus.cli.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * How a candidate did in tuning.
 *
 * @param varied the settings that are varied and their values
 * @param validation its figures on validation in the first rung, of the runs that did not diverge
 * @param diverged how many runs diverged there
 * @param results the names of its runs there
 * @param further how it did in each further rung that it has reached
 */
public record CandidateOutcome(
    SequencedMap<String, String> varied,
    Spread validation,
    int diverged,
    List<String> results,
    List<RungOutcome> further) {
  /** An absent map or list is an empty one. */
  public CandidateOutcome {
    varied = Objects.requireNonNullElseGet(varied, LinkedHashMap::new);
    results = List.copyOf(Objects.requireNonNullElse(results, List.of()));
    further = List.copyOf(Objects.requireNonNullElse(further, List.of()));
  }

  static CandidateOutcome of(Candidate candidate, Entrant entrant, Tuning tuning) {
    var first = RungOutcome.of(candidate.tuning().getFirst(), tuning);
    var further =
        IntStream.range(1, candidate.tuning().size())
            .filter(rung -> tuning.on(rung, entrant).filter(c -> c.contains(candidate)).isPresent())
            .mapToObj(rung -> RungOutcome.of(candidate.tuning().get(rung), tuning))
            .toList();
    return new CandidateOutcome(
        candidate.varied(), first.validation(), first.diverged(), first.results(), further);
  }
}
