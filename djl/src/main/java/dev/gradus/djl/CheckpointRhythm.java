package dev.gradus.djl;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a checkpoint is due: after so many steps or so much time, but never so often that writing
 * takes more than a hundredth of the time.
 */
final class CheckpointRhythm {
  private static final long SHARE = 100;

  private final long steps;
  private final long nanoseconds;
  private final LongSupplier clock;
  private long lastStep;
  private long lastTime;
  private long cost;

  CheckpointRhythm(long steps, Duration time, LongSupplier clock) {
    this.steps = steps;
    this.nanoseconds = time.toNanos();
    this.clock = clock;
    lastTime = clock.getAsLong();
  }

  boolean due(long step) {
    long waited = clock.getAsLong() - lastTime;
    boolean wanted = waited >= nanoseconds || (steps > 0 && step - lastStep >= steps);
    return wanted && waited >= SHARE * cost;
  }

  /** Notes that a checkpoint was written just now, and how long that took. */
  void written(long step, long nanoseconds) {
    lastStep = step;
    lastTime = clock.getAsLong();
    cost = nanoseconds;
  }
}
