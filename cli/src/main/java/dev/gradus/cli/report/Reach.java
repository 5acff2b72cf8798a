package dev.gradus.cli.report;

import dev.gradus.cli.sweep.EpochSummary;
import dev.gradus.cli.sweep.Spread;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * How soon runs reach a target on validation.
 *
 * @param reached how many runs reach it
 * @param runs of how many, diverged ones included
 * @param steps after how many steps, of the runs that reach it
 * @param seconds after how long a training, of the runs that reach it
 */
public record Reach(int reached, int runs, Spread steps, Spread seconds) {
  /**
   * A figure to be reached.
   *
   * @param metric a metric that validation has
   * @param value the figure
   * @param higher whether higher figures are better
   */
  record Goal(String metric, double value, boolean higher) {
    private boolean isReached(EpochSummary epoch) {
      double figure = epoch.validation().getOrDefault(metric, Double.NaN);
      return higher ? figure >= value : figure <= value;
    }
  }

  static Reach of(Side side, Goal goal) {
    var epochs = side.finite().stream().flatMap(run -> first(run, goal).stream()).toList();
    return new Reach(
        epochs.size(),
        side.runs().size(),
        spread(epochs, EpochSummary::step),
        spread(epochs, EpochSummary::seconds));
  }

  private static Optional<EpochSummary> first(Sample run, Goal goal) {
    return run.summary().epochs().stream().filter(goal::isReached).findFirst();
  }

  private static Spread spread(List<EpochSummary> epochs, ToDoubleFunction<EpochSummary> value) {
    return Spread.of(epochs.stream().mapToDouble(value).toArray());
  }

  /** What every finite run of a side reaches: the worst of their best figures. */
  static OptionalDouble reachedByAll(Side side, String metric, boolean higher) {
    var bests =
        side.finite().stream()
            .map(run -> best(run, metric, higher))
            .flatMapToDouble(OptionalDouble::stream);
    return higher ? bests.min() : bests.max();
  }

  private static OptionalDouble best(Sample run, String metric, boolean higher) {
    var figures =
        run.summary().epochs().stream()
            .filter(epoch -> epoch.validation().containsKey(metric))
            .mapToDouble(epoch -> epoch.validation().getOrDefault(metric, Double.NaN));
    return higher ? figures.max() : figures.min();
  }
}
