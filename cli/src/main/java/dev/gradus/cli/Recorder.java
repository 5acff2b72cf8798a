package dev.gradus.cli;

import dev.gradus.cli.run.Environment;
import dev.gradus.cli.run.Measurement;
import dev.gradus.cli.run.Metrics;
import dev.gradus.cli.run.MetricsWriter;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.Session;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Writes down in the run's folder what is measured. */
final class Recorder implements TrainingListener, AutoCloseable {
  private final RunFiles files;
  private final LongFunction<Session> session;
  private final long began = System.nanoTime();
  private @Nullable MetricsWriter metrics;
  private long plannedEpochs;

  /** Writes into these files; the session is made from the number of steps before it. */
  Recorder(RunFiles files, LongFunction<Session> session) {
    this.files = files;
    this.session = session;
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> {
        plannedEpochs = started.epochs();
        metrics = start(started.step());
      }
      case TrainingEvent.Ended ended -> end(ended.result());
      default -> {
        if (metrics != null) {
          record(event, metrics);
        }
      }
    }
  }

  private MetricsWriter start(long step) {
    Environment.append(files, session.apply(step));
    return MetricsWriter.open(files, step);
  }

  private void record(TrainingEvent event, MetricsWriter writer) {
    double seconds = writer.secondsBefore() + (System.nanoTime() - began) / 1e9;
    switch (event) {
      case TrainingEvent.StepDone done -> writer.append(step(done, seconds));
      case TrainingEvent.StepSkipped skipped ->
          writer.append(new Measurement.Skipped(skipped.step() + 1, seconds, skipped.what()));
      case TrainingEvent.EpochDone done -> writer.append(epoch(done, seconds));
      case TrainingEvent.CheckpointWritten _ -> writer.force();
      default -> {}
    }
  }

  private static Measurement step(TrainingEvent.StepDone done, double seconds) {
    return new Measurement.Step(
        done.step() + 1,
        done.epoch() + 1,
        seconds,
        done.loss(),
        done.learningRate(),
        done.examplesPerSecond(),
        done.measured());
  }

  private static Measurement epoch(TrainingEvent.EpochDone done, double seconds) {
    return new Measurement.Epoch(
        done.step(), done.epoch() + 1, seconds, done.trainLoss(), done.validation(), done.best());
  }

  private void end(TrainingResult result) {
    if (result.outcome() != TrainingResult.Outcome.INTERRUPTED) {
      result(result).write(files);
    }
  }

  private Result result(TrainingResult ended) {
    long best = ended.bestEpoch() < 0 ? ended.epochs() : ended.bestEpoch() + 1;
    double trainLoss = Double.NaN;
    double seconds = 0;
    for (var measurement : Metrics.read(files)) {
      seconds = measurement.seconds();
      if (measurement instanceof Measurement.Epoch epoch && epoch.epoch() == best) {
        trainLoss = epoch.trainLoss();
      }
    }
    return new Result(
        RunFiles.FORMAT,
        Instant.now().toString(),
        ended.steps(),
        ended.skipped(),
        ended.epochs(),
        best,
        ended.epochs() < plannedEpochs,
        seconds,
        trainLoss,
        ended.validation(),
        ended.test());
  }

  @Override
  public void close() {
    if (metrics != null) {
      metrics.close();
    }
  }
}
