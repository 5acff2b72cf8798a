package dev.gradus.cli.sweep;

import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * By how much the figures of one entrant exceed those of another, seed by seed.
 *
 * @param pairs how many seeds both have
 * @param mean the mean of the differences
 * @param low the lower end of the 95 % interval of the mean by Student's t, which takes the
 *     differences for normally distributed; not a number for fewer than two pairs
 * @param high its upper end
 */
public record Difference(int pairs, double mean, double low, double high) {
  private static final double UPPER_TAIL = 0.975;

  /**
   * Pairs figures of the same seed.
   *
   * @param figures of the entrant, by seed
   * @param baseline of whom it is compared with, by seed
   * @return the difference over the seeds that both have
   */
  public static Difference between(Map<Long, Double> figures, Map<Long, Double> baseline) {
    var spread =
        Spread.of(
            figures.entrySet().stream()
                .filter(figure -> baseline.containsKey(figure.getKey()))
                .mapToDouble(f -> f.getValue() - baseline.getOrDefault(f.getKey(), Double.NaN))
                .toArray());
    double half = halfWidth(spread);
    return new Difference(
        spread.count(), spread.mean(), spread.mean() - half, spread.mean() + half);
  }

  private static double halfWidth(Spread spread) {
    if (spread.count() < 2) {
      return Double.NaN;
    }
    double quantile = TDistribution.of(spread.count() - 1).inverseCumulativeProbability(UPPER_TAIL);
    return quantile * spread.deviation() / Math.sqrt(spread.count());
  }
}
