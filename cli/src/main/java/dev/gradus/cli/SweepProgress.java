package dev.gradus.cli;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.sweep.Plan;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.Trial;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells how far a sweep is: a line for each finished run, and on a terminal how the present is. */
final class SweepProgress implements TrainingListener {
  private static final Duration RHYTHM = Duration.ofMillis(200);

  private final Console console;
  private final Plan plan;
  private final ResultFolder results;
  private final SweepEstimate estimate;
  private @Nullable Standing standing;
  private long shown = System.nanoTime();

  SweepProgress(Console console, Plan plan, ResultFolder results, SweepEstimate estimate) {
    this.console = console;
    this.plan = plan;
    this.results = results;
    this.estimate = estimate;
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> standing = Standing.of(started);
      case TrainingEvent.StepDone done when standing != null -> show(standing.after(done));
      default -> {}
    }
  }

  private void show(Standing now) {
    standing = now;
    if (System.nanoTime() - shown >= RHYTHM.toNanos()) {
      shown = System.nanoTime();
      console.passing("%s  %s".formatted(count(), now.line(80 - 2 - count().length())));
    }
  }

  private String count() {
    return "[%d/%d]".formatted(plan.finished(results), plan.size(results));
  }

  void finished(Trial trial, RunSummary summary) {
    console.note(
        "%s %s: %s; %s, %s left"
            .formatted(
                count(),
                FilledSettings.words(trial.name()),
                outcome(summary),
                Figures.seconds(summary.seconds()),
                Figures.time(estimate.left())));
  }

  private static String outcome(RunSummary summary) {
    return summary.isFinite()
        ? summary.validation().entrySet().stream()
            .limit(1)
            .map(metric -> Figures.line(Map.of(metric.getKey(), metric.getValue())))
            .collect(Collectors.joining())
        : "diverged";
  }
}
