package dev.gradus.cli.sweep;

import java.util.Map;

/**
 * By how much the figures of one entrant exceed those of another, seed by seed.
 *
 * @param pairs how many seeds both have
 * @param mean the mean of the differences
 * @param low the lower end of the interval of the mean by Student's t, which takes the differences
 *     for normally distributed; not a number for fewer than two pairs
 * @param high its upper end
 */
public record Difference(int pairs, double mean, double low, double high) {
  /** How sure intervals are if nothing else is said. */
  public static final double CONFIDENCE = 0.95;

  /**
   * Pairs figures of the same seed.
   *
   * @param figures of the entrant, by seed
   * @param baseline of whom it is compared with, by seed
   * @return the difference over the seeds that both have
   */
  public static Difference between(Map<Long, Double> figures, Map<Long, Double> baseline) {
    return between(figures, baseline, CONFIDENCE);
  }

  /**
   * Pairs figures of the same seed.
   *
   * @param figures of the entrant, by seed
   * @param baseline of whom it is compared with, by seed
   * @param confidence how sure the interval is, such as 0.95
   * @return the difference over the seeds that both have
   */
  public static Difference between(
      Map<Long, Double> figures, Map<Long, Double> baseline, double confidence) {
    var spread =
        Spread.of(
            figures.entrySet().stream()
                .filter(figure -> baseline.containsKey(figure.getKey()))
                .mapToDouble(f -> f.getValue() - baseline.getOrDefault(f.getKey(), Double.NaN))
                .toArray());
    double half = spread.halfWidth(confidence);
    return new Difference(
        spread.count(), spread.mean(), spread.mean() - half, spread.mean() + half);
  }
}
