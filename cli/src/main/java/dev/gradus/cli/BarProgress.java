package dev.gradus.cli;

import dev.gradus.djl.TrainingEvent;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: one line that is written over. */
final class BarProgress implements Progress {
  private static final int MILLISECONDS = 200;

  private volatile @Nullable Standing standing;
  private @Nullable ProgressBar bar;

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> start(started);
      case TrainingEvent.StepDone done when standing != null -> show(standing.after(done));
      case TrainingEvent.EpochDone done when standing != null -> show(standing.after(done));
      case TrainingEvent.Ended _ -> close();
      default -> {}
    }
  }

  private void start(TrainingEvent.Started started) {
    standing = Standing.of(started);
    bar =
        new ProgressBarBuilder()
            .setInitialMax(started.totalSteps())
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .setRenderer((_, width) -> line(width))
            .setUpdateIntervalMillis(MILLISECONDS)
            .clearDisplayOnFinish()
            .build();
  }

  private String line(int width) {
    var now = standing;
    return now == null ? "" : now.line(width);
  }

  private void show(Standing now) {
    standing = now;
    if (bar != null) {
      bar.stepTo(now.step());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
