package dev.gradus.djl;

import java.time.Duration;

/** How fast steps were made of late: a mean that forgets. */
final class Pace {
  private static final double NEWEST = 0.1;

  private double secondsPerStep = Double.NaN;
  private double secondsPerExample = Double.NaN;

  void made(long nanoseconds, int examples) {
    secondsPerStep = mixed(secondsPerStep, nanoseconds / 1e9);
    secondsPerExample = mixed(secondsPerExample, nanoseconds / 1e9 / examples);
  }

  double examplesPerSecond() {
    return 1 / secondsPerExample;
  }

  Duration remaining(long steps) {
    return Duration.ofMillis(Math.round(1000 * secondsPerStep * steps));
  }

  private static double mixed(double old, double next) {
    return Double.isNaN(old) ? next : old + NEWEST * (next - old);
  }
}
