package dev.gradus.djl;

import java.time.Duration;

/**
 * How fast steps were made of late: a mean that forgets, and doesn't count the JVM's warming up.
 */
final class Pace {
  private static final double NEWEST = 0.1;
  private static final int WARM_UP = 5;

  private int steps;
  private double secondsPerStep = Double.NaN;
  private double secondsPerExample = Double.NaN;

  void made(long nanoseconds, int examples) {
    steps++;
    secondsPerStep = mixed(secondsPerStep, nanoseconds / 1e9);
    secondsPerExample = mixed(secondsPerExample, nanoseconds / 1e9 / examples);
  }

  double examplesPerSecond() {
    return 1 / secondsPerExample;
  }

  Duration remaining(long steps) {
    return Duration.ofMillis(Math.round(1000 * secondsPerStep * steps));
  }

  private double mixed(double old, double next) {
    return steps <= WARM_UP ? next : old + NEWEST * (next - old);
  }
}
