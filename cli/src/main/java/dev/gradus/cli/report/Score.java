package dev.gradus.cli.report;

import dev.gradus.cli.sweep.Difference;
import dev.gradus.cli.sweep.Spread;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric of one side over the seeds.
 *
 * @param metric its name
 * @param count how many runs have it
 * @param mean their mean
 * @param deviation their standard deviation
 * @param low the lower end of the 95 % interval of the mean
 * @param high its upper end
 * @param figures each run's, by seed
 * @param difference from the baseline, seed by seed; absent for the baseline itself
 */
public record Score(
    String metric,
    int count,
    double mean,
    double deviation,
    double low,
    double high,
    Map<Long, Double> figures,
    @Nullable Difference difference) {

  static Score of(Side side, String metric, Comparison comparison) {
    var figures = side.figures(metric, comparison.byTest());
    var spread = Spread.of(figures.values().stream().mapToDouble(Double::doubleValue).toArray());
    double half = spread.halfWidth(Difference.CONFIDENCE);
    var base = comparison.base();
    return new Score(
        metric,
        spread.count(),
        spread.mean(),
        spread.deviation(),
        spread.mean() - half,
        spread.mean() + half,
        figures,
        comparison.isBaseline(side)
            ? null
            : Difference.between(figures, base.figures(metric, comparison.byTest())));
  }
}
