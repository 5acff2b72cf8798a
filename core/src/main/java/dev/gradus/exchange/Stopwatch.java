package dev.gradus.exchange;

/** Adds up how long something took. */
final class Stopwatch {
  private long total;
  private long started;

  void start() {
    started = System.nanoTime();
  }

  void stop() {
    total += System.nanoTime() - started;
  }

  long nanoseconds() {
    return total;
  }
}
