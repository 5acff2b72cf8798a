package dev.gradus.cli.sweep;

import java.util.List;

/**
 * How the entrants did on one problem.
 *
 * @param name what sets the problem apart from the sweep's other problems; empty if it is the only
 * @param part the examples that judge: {@code test}, or {@code validation} if nothing but tuning
 *     was asked for
 * @param metric the metric that judges
 * @param chosenBy the validation metric that chose epochs and candidates
 * @param entrants how each did
 */
public record ProblemOutcome(
    String name, String part, String metric, String chosenBy, List<EntrantOutcome> entrants) {

  /**
   * Compares the entrants of a problem.
   *
   * @param problem on what
   * @param baseline with whom the others are compared
   * @param results what is finished
   * @return what is known so far
   */
  public static ProblemOutcome of(Problem problem, String baseline, Results results) {
    var entrants = problem.entrants();
    boolean byTest = !entrants.getFirst().candidates().getFirst().finals().isEmpty();
    var judge = new EntrantOutcome.Judge(problem, results, byTest);
    var base = entrants.stream().filter(e -> e.name().equals(baseline)).findFirst().orElseThrow();
    return new ProblemOutcome(
        problem.name(),
        byTest ? "test" : "validation",
        (byTest ? problem.judgement() : problem.choice()).metric(),
        problem.choice().metric(),
        entrants.stream()
            .map(e -> EntrantOutcome.of(e, judge, e.name().equals(baseline) ? null : base))
            .toList());
  }
}
