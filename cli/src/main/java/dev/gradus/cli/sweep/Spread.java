package dev.gradus.cli.sweep;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Several figures in short.
 *
 * @param count how many
 * @param mean their mean; not a number if there are none
 * @param deviation their standard deviation, with {@code count - 1} below; not a number for fewer
 *     than two
 */
public record Spread(int count, double mean, double deviation) {
  /**
   * Sums up figures.
   *
   * @param figures any number of them
   * @return their spread
   */
  public static Spread of(double... figures) {
    double mean = Arrays.stream(figures).sum() / figures.length;
    double squares = Arrays.stream(figures).map(f -> (f - mean) * (f - mean)).sum();
    double deviation = figures.length < 2 ? Double.NaN : Math.sqrt(squares / (figures.length - 1));
    return new Spread(figures.length, mean, deviation);
  }

  /**
   * How far the interval of the mean reaches to either side, by Student's t, which takes the
   * figures for normally distributed.
   *
   * @param confidence how sure it is, such as 0.95
   * @return its half; not a number for fewer than two figures
   */
  public double halfWidth(double confidence) {
    if (count < 2) {
      return Double.NaN;
    }
    double quantile =
        TDistribution.of(count - 1).inverseCumulativeProbability((1 + confidence) / 2);
    return quantile * deviation / Math.sqrt(count);
  }
}
