package dev.gradus.cli.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The choice of a candidate on validation.
 *
 * @param choice the validation metric
 * @param results what is finished
 */
record Tuning(Figure choice, Results results) {

  /** Whether every run is finished that the choice needs. */
  boolean isDone(Entrant entrant) {
    return entrant.candidates().stream()
        .flatMap(candidate -> candidate.tuning().stream())
        .allMatch(trial -> results.of(trial).isPresent());
  }

  /**
   * The candidate with the best mean, the first of equals; none before every run is finished, or if
   * each has diverged with some seed.
   */
  Optional<Candidate> chosen(Entrant entrant) {
    var candidates = entrant.candidates();
    if (candidates.size() == 1) {
      return Optional.of(candidates.getFirst());
    }
    return isDone(entrant)
        ? candidates.stream()
            .filter(candidate -> diverged(candidate.tuning()) == 0)
            .min(Comparator.comparingDouble(c -> choice.cost(spread(c).mean())))
        : Optional.empty();
  }

  /** The validation figures of a candidate's finished runs. */
  Spread spread(Candidate candidate) {
    return Spread.of(
        candidate.tuning().stream()
            .flatMap(trial -> results.of(trial).stream())
            .filter(RunSummary::isFinite)
            .mapToDouble(summary -> choice.of(summary.validation()))
            .toArray());
  }

  int diverged(List<Trial> trials) {
    return (int)
        trials.stream()
            .flatMap(trial -> results.of(trial).stream())
            .filter(summary -> !summary.isFinite())
            .count();
  }
}
