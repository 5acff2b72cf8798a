package dev.gradus.cli.sweep;

import java.util.List;
import java.util.Objects;

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
  /** An absent name is an empty one. */
  public ProblemOutcome {
    name = Objects.requireNonNullElse(name, "");
    entrants = List.copyOf(entrants);
  }

  /**
   * Compares the entrants of a problem by every metric that judges it.
   *
   * @param problem on what
   * @param baseline with whom the others are compared
   * @param results what is finished
   * @return what is known so far, one outcome for each metric
   */
  public static List<ProblemOutcome> of(Problem problem, String baseline, Results results) {
    boolean byTest = !problem.entrants().getFirst().candidates().getFirst().finals().isEmpty();
    var figures = byTest ? problem.judgements() : List.of(problem.choice());
    return figures.stream()
        .map(figure -> new EntrantOutcome.Judge(problem, results, byTest, figure))
        .map(judge -> of(judge, baseline))
        .toList();
  }

  private static ProblemOutcome of(EntrantOutcome.Judge judge, String baseline) {
    var problem = judge.problem();
    var entrants = problem.entrants();
    var base = entrants.stream().filter(e -> e.name().equals(baseline)).findFirst().orElseThrow();
    return new ProblemOutcome(
        problem.name(),
        judge.byTest() ? "test" : "validation",
        judge.figure().metric(),
        problem.choice().metric(),
        entrants.stream()
            .map(e -> EntrantOutcome.of(e, judge, e.name().equals(baseline) ? null : base))
            .toList());
  }
}
