package dev.gradus.cli.sweep;

import java.util.List;
import java.util.stream.Stream;

/**
 * The runs of a sweep.
 *
 * @param baseline the entrant that the others are compared with
 * @param problems what is run, each with its own table
 */
public record Plan(String baseline, List<Problem> problems) {
  /** Copies the problems. */
  public Plan {
    problems = List.copyOf(problems);
  }

  /**
   * The runs that can be made now: final runs wait for the tuning of their entrant.
   *
   * @param results what is finished
   * @return unfinished trials, in the order in which they are best begun
   */
  public List<Trial> open(Results results) {
    return problems.stream()
        .flatMap(problem -> problem.entrants().stream().flatMap(e -> needed(problem, e, results)))
        .filter(trial -> results.of(trial).isEmpty())
        .toList();
  }

  private static Stream<Trial> needed(Problem problem, Entrant entrant, Results results) {
    var tuning = new Tuning(problem.choice(), results);
    return tuning.isDone(entrant)
        ? tuning.chosen(entrant).stream().flatMap(candidate -> candidate.finals().stream())
        : entrant.candidates().stream().flatMap(candidate -> candidate.tuning().stream());
  }

  /**
   * How many runs the whole sweep has. An entrant whose candidates all diverge has no final runs.
   *
   * @param results what is finished
   * @return finished ones included
   */
  public long size(Results results) {
    return problems.stream()
        .flatMap(problem -> problem.entrants().stream().map(e -> runs(problem, e, results)))
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long runs(Problem problem, Entrant entrant, Results results) {
    var tuning = new Tuning(problem.choice(), results);
    boolean lost = tuning.isDone(entrant) && tuning.chosen(entrant).isEmpty();
    long finals = lost ? 0 : entrant.candidates().getFirst().finals().size();
    return entrant.candidates().stream().mapToLong(c -> c.tuning().size()).sum() + finals;
  }

  /**
   * How many of them are finished.
   *
   * @param results what is finished
   * @return at most {@link #size}
   */
  public long finished(Results results) {
    return problems.stream()
        .flatMap(problem -> problem.entrants().stream().flatMap(e -> made(problem, e, results)))
        .filter(trial -> results.of(trial).isPresent())
        .count();
  }

  private static Stream<Trial> made(Problem problem, Entrant entrant, Results results) {
    var tuning = entrant.candidates().stream().flatMap(candidate -> candidate.tuning().stream());
    var finals =
        new Tuning(problem.choice(), results)
            .chosen(entrant).stream().flatMap(candidate -> candidate.finals().stream());
    return Stream.concat(tuning, finals);
  }
}
