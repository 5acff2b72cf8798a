package dev.gradus.cli.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The choice of a candidate on validation.
 *
 * @param problem the problem, with the validation metric that chooses
 * @param results what is finished
 */
record Tuning(Problem problem, Results results) {

  /** The candidates of a rung, known once the rung before it is finished. */
  Optional<List<Candidate>> on(int rung, Entrant entrant) {
    return rung == 0
        ? Optional.of(entrant.candidates())
        : finished(rung - 1, entrant)
            .map(some -> best(some, rung - 1).limit(problem.rungs().get(rung)).toList());
  }

  private Optional<List<Candidate>> finished(int rung, Entrant entrant) {
    return on(rung, entrant).filter(some -> trials(some, rung).allMatch(this::isFinished));
  }

  private boolean isFinished(Trial trial) {
    return results.of(trial).isPresent();
  }

  private static Stream<Trial> trials(List<Candidate> candidates, int rung) {
    return candidates.stream().flatMap(candidate -> candidate.tuning().get(rung).stream());
  }

  /**
   * The candidates that did not diverge with any seed, from the best mean on, stable for equals.
   */
  private Stream<Candidate> best(List<Candidate> candidates, int rung) {
    return candidates.stream()
        .filter(candidate -> diverged(candidate.tuning().get(rung)) == 0)
        .sorted(Comparator.comparingDouble(c -> cost(c.tuning().get(rung))));
  }

  private double cost(List<Trial> trials) {
    return problem.choice().cost(spread(trials).mean());
  }

  /** The runs of all rungs that have begun. */
  Stream<Trial> trials(Entrant entrant) {
    return IntStream.range(0, problem.rungs().size())
        .boxed()
        .flatMap(rung -> on(rung, entrant).stream().flatMap(some -> trials(some, rung)));
  }

  /** Whether every run is finished that the choice needs. */
  boolean isDone(Entrant entrant) {
    return finished(last(), entrant).isPresent();
  }

  private int last() {
    return problem.rungs().size() - 1;
  }

  /**
   * The candidate with the best mean in the last rung, the first of equals; none before every run
   * is finished, or if each has diverged with some seed.
   */
  Optional<Candidate> chosen(Entrant entrant) {
    var candidates = entrant.candidates();
    return candidates.size() == 1
        ? Optional.of(candidates.getFirst())
        : finished(last(), entrant).flatMap(some -> best(some, last()).findFirst());
  }

  /** The validation figures of the runs that are finished. */
  Spread spread(List<Trial> trials) {
    return Spread.of(
        trials.stream()
            .flatMap(trial -> results.of(trial).stream())
            .filter(RunSummary::isFinite)
            .mapToDouble(summary -> problem.choice().of(summary.validation()))
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
