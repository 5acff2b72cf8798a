package dev.gradus.cli;

import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How long steps take, from the end of one to the end of the next. Steps behind the end of an epoch
 * or a checkpoint don't count, nor the first ones, in which code is still compiled.
 */
final class StepClock implements TrainingListener {
  private static final int WARM_UP = 20;
  private static final double NANOS = 1e9;

  /** Times are told apart to a thousandth, so that millions of them need little memory. */
  private static final double FINENESS = 1e3;

  private final NavigableMap<Long, Long> times = new TreeMap<>();
  private long steps;
  private long last;
  private boolean adjacent;
  private long counted;
  private long nanoseconds;

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.StepDone done -> step(done.elapsed().toNanos());
      case TrainingEvent.StepSkipped skipped -> step(skipped.elapsed().toNanos());
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
      times.merge(Math.round(FINENESS * Math.log((double) (now - last))), 1L, Long::sum);
    }
    steps++;
    last = now;
    adjacent = true;
  }

  /** In seconds; 0 if no step counts. */
  double mean() {
    return nanoseconds / NANOS / Math.max(1, counted);
  }

  /**
   * In seconds, to a thousandth of it: half of the steps take as long or less; 0 if none counts.
   */
  double median() {
    long passed = 0;
    for (var time : times.entrySet()) {
      passed += time.getValue();
      if (2 * passed >= counted) {
        return Math.exp(time.getKey() / FINENESS) / NANOS;
      }
    }
    return 0;
  }
}
