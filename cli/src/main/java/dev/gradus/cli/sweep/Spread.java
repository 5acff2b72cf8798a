package dev.gradus.cli.sweep;

import java.util.Arrays;

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
}
