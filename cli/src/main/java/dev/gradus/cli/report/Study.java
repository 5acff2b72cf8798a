package dev.gradus.cli.report;

import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.djl.Choice;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What a report tells of runs that can be compared.
 *
 * @param title what sets them apart from others
 * @param part the examples that judge: {@code test}, or {@code validation}
 * @param metric what judges first
 * @param baseline the side that the others are compared with
 * @param target the validation figure whose time is told; not a number without one
 * @param settings the settings that all runs have
 * @param contenders who is compared
 */
public record Study(
    String title,
    String part,
    String metric,
    String baseline,
    double target,
    SequencedMap<String, String> settings,
    List<Contender> contenders) {
  /** Copies the list. */
  public Study {
    contenders = List.copyOf(contenders);
  }

  /**
   * The metric as validation has it after each epoch.
   *
   * @return the metric without the mark of the last epoch
   */
  public String plainMetric() {
    return Comparison.plain(metric);
  }

  /**
   * Every run.
   *
   * @return the runs of all contenders
   */
  public Stream<Contender.RunLine> runs() {
    return contenders.stream().flatMap(contender -> contender.runs().stream());
  }

  /**
   * How the contenders compare, in plain words.
   *
   * @return a sentence for each of whom there is something to say
   */
  public Stream<String> verdicts() {
    return contenders.stream()
        .map(contender -> contender.verdict().strip())
        .filter(verdict -> !verdict.isEmpty());
  }

  static Study of(Comparison comparison, Wishes wishes) {
    boolean higher = Choice.direction(comparison.plainMetric()) == Better.HIGHER;
    var wanted = wishes.target();
    double target =
        wanted == null
            ? Reach.reachedByAll(comparison.base(), comparison.plainMetric(), higher)
                .orElse(Double.NaN)
            : wanted;
    var goal = new Reach.Goal(comparison.plainMetric(), target, higher);
    return new Study(
        comparison.title(),
        comparison.byTest() ? "test" : "validation",
        comparison.metric(),
        comparison.baseline(),
        target,
        comparison.shared(),
        comparison.sides().stream().map(s -> contender(s, comparison, goal, wishes)).toList());
  }

  private static Contender contender(
      Side side, Comparison comparison, Reach.Goal goal, Wishes wishes) {
    return new Contender(
        side.name(),
        side.chosen(),
        Verdict.of(side, comparison),
        side.runs().size() - side.finite().size(),
        comparison.metrics().stream().map(m -> Score.of(side, m, comparison)).toList(),
        Double.isNaN(goal.value()) ? null : Reach.of(side, goal),
        Sensitivity.of(side, goal.metric(), goal.higher()).orElse(null),
        Expense.of(side, wishes.bandwidth()),
        Curves.of(side),
        Curves.layers(side),
        side.runs().stream().map(Contender.RunLine::of).toList(),
        side.remarks());
  }
}
