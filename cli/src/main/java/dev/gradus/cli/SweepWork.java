package dev.gradus.cli;

import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.sweep.Plan;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.Trial;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Makes the runs of a sweep one after the other. Who holds the lock on a run's folder makes it, so
 * any number of processes can work on a sweep, and a run whose process died is free for the next.
 */
final class SweepWork {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Plan plan;
  private final ResultFolder results;
  private final SweepTraining training;
  private final BiConsumer<Trial, RunSummary> finished;
  private final BooleanSupplier stop;

  SweepWork(
      Plan plan,
      ResultFolder results,
      SweepTraining training,
      BiConsumer<Trial, RunSummary> finished,
      BooleanSupplier stop) {
    this.plan = plan;
    this.results = results;
    this.training = training;
    this.finished = finished;
    this.stop = stop;
  }

  /** Works until every run is finished or it is asked to stop. */
  void run() {
    var open = plan.open(results);
    while (!open.isEmpty() && !stop.getAsBoolean()) {
      if (open.stream().noneMatch(this::attempt)) {
        pause();
      }
      open = plan.open(results);
    }
  }

  /** False if another process makes this run. */
  private boolean attempt(Trial trial) {
    var claimed = RunFolder.claim(results.run(trial));
    if (claimed.isEmpty()) {
      return false;
    }
    try (var folder = claimed.get()) {
      if (results.of(trial).isEmpty()) {
        training.run(trial, folder).ifPresent(summary -> keep(trial, summary));
      }
      if (results.of(trial).isPresent()) {
        folder.discard();
      }
      return true;
    }
  }

  private void keep(Trial trial, RunSummary summary) {
    results.write(trial, summary);
    finished.accept(trial, summary);
  }

  /** All runs that could be made are being made; the last of them must end first. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
