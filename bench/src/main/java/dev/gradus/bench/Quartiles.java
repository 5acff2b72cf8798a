package dev.gradus.bench;

import java.util.Arrays;

/** The middle half of some numbers. */
record Quartiles(double lower, double median, double upper) {
  static Quartiles of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  String middleHalf(int decimals) {
    return Table.number(lower, decimals) + "–" + Table.number(upper, decimals);
  }

  private static double at(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
