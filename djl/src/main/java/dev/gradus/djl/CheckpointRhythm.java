package dev.gradus.djl;

import java.util.function.LongSupplier;

/**
 * When a checkpoint is due: after so many steps, and after so much time unless writing would take
 * more than a hundredth of it.
 */
final class CheckpointRhythm {
  private static final long SHARE = 100;

  private final long steps;
  private final long nanoseconds;
  private final LongSupplier clock;
  private long lastStep;
  private long lastTime;
  private long cost;

  CheckpointRhythm(Checkpoints checkpoints, LongSupplier clock) {
    steps = checkpoints.steps();
    nanoseconds = checkpoints.time().toNanos();
    this.clock = clock;
    lastTime = clock.getAsLong();
  }

  boolean due(long step) {
    long waited = clock.getAsLong() - lastTime;
    return (steps > 0 && step - lastStep >= steps) || waited >= Math.max(nanoseconds, SHARE * cost);
  }

  /** Notes that a checkpoint was written just now, and how long that took. */
  void written(long step, long nanoseconds) {
    lastStep = step;
    lastTime = clock.getAsLong();
    cost = nanoseconds;
  }
}
