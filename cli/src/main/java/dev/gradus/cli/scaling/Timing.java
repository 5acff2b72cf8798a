package dev.gradus.cli.scaling;

import java.util.Arrays;

/** Times that are put in order. */
final class Timing {
  private double[] times = new double[16];
  private int count;

  void add(double time) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
    }
    times[count++] = time;
  }

  int count() {
    return count;
  }

  /** Those that were added last. */
  Timing laterHalf() {
    var later = new Timing();
    for (int i = count / 2; i < count; i++) {
      later.add(times[i]);
    }
    return later;
  }

  double median() {
    return quantile(0.5);
  }

  /** The time that such a part of all times is below; 0 if there are none. */
  double quantile(double part) {
    double[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[(int) (part * (count - 1))];
  }
}
