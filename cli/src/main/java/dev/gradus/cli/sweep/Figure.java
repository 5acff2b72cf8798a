package dev.gradus.cli.sweep;

import java.util.Map;

/**
 * A metric to compare by.
 *
 * @param metric its name
 * @param higherIsBetter in which direction it improves
 */
public record Figure(String metric, boolean higherIsBetter) {
  double of(Map<String, Double> metrics) {
    return metrics.getOrDefault(metric, Double.NaN);
  }

  /** Smaller for the better; last of all if it is not a number. */
  double cost(double figure) {
    return Double.isNaN(figure) ? Double.POSITIVE_INFINITY : higherIsBetter ? -figure : figure;
  }
}
