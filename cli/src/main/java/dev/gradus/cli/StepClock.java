package dev.gradus.cli;

import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;

/**
 * How long steps take, from the end of one to the end of the next. Steps behind the end of an epoch
 * or a checkpoint don't count, nor the first ones, in which code is still compiled.
 */
final class StepClock implements TrainingListener {
  private static final int WARM_UP = 20;
  private static final double NANOS = 1e9;

  private long steps;
  private long last;
  private boolean adjacent;
  private long counted;
  private long nanoseconds;

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.StepDone _, TrainingEvent.StepSkipped _ -> step(System.nanoTime());
      case TrainingEvent.Noticed _, TrainingEvent.InstancesLearned _ -> {}
      case TrainingEvent.Started _,
          TrainingEvent.EpochDone _,
          TrainingEvent.Exchanged _,
          TrainingEvent.CheckpointWritten _,
          TrainingEvent.Ended _ ->
          adjacent = false;
    }
  }

  private void step(long now) {
    if (adjacent && steps >= WARM_UP) {
      counted++;
      nanoseconds += now - last;
    }
    steps++;
    last = now;
    adjacent = true;
  }

  /** The mean; 0 if no step counts. */
  double seconds() {
    return nanoseconds / NANOS / Math.max(1, counted);
  }
}
