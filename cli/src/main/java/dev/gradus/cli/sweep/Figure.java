package dev.gradus.cli.sweep;

import java.util.Map;

/**
 * A metric to compare by.
 *
 * @param metric its name; that of the last epoch instead of the best begins with {@link #LAST}
 * @param higherIsBetter in which direction it improves
 */
public record Figure(String metric, boolean higherIsBetter) {
  /** What the name of a metric of the last epoch begins with. */
  public static final String LAST = "last ";

  /**
   * The same metric of the last epoch.
   *
   * @return a figure that test metrics have
   */
  public Figure ofLast() {
    return new Figure(LAST + metric, higherIsBetter);
  }

  double of(Map<String, Double> metrics) {
    return metrics.getOrDefault(metric, Double.NaN);
  }

  /** Smaller for the better; last of all if it is not a number. */
  double cost(double figure) {
    return Double.isNaN(figure) ? Double.POSITIVE_INFINITY : higherIsBetter ? -figure : figure;
  }
}
