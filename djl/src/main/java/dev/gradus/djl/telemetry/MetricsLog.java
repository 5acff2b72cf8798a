package dev.gradus.djl.telemetry;

import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is measured in a training to a file, one JSON object a line: every step, every step
 * left out, every epoch, and what workers sent. {@link Metrics} reads it back.
 *
 * <p>A line is with the operating system as soon as it is written, and survives a crash of the
 * machine from the next checkpoint on. A resumed run first drops the lines beyond the step that it
 * goes on from, so no step is told twice.
 */
public final class MetricsLog implements TrainingListener, AutoCloseable {
  private static final double NANOS = 1e9;

  private final Path file;
  private @Nullable MetricsWriter writer;
  private double epochEnd;

  /**
   * Writes to a file, when the run begins.
   *
   * @param file created if it does not exist, with its folder; usually called {@code metrics.jsonl}
   */
  public MetricsLog(Path file) {
    this.file = file;
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.gradus.UserException if the file cannot be written
   */
  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      close();
      writer = MetricsWriter.open(file, started.step());
    } else if (writer != null) {
      write(event, writer);
    }
  }

  private void write(TrainingEvent event, MetricsWriter writer) {
    switch (event) {
      case TrainingEvent.StepDone done -> writer.append(step(done, at(done.elapsed(), writer)));
      case TrainingEvent.StepSkipped skipped ->
          writer.append(skipped(skipped, at(skipped.elapsed(), writer)));
      case TrainingEvent.EpochDone done -> {
        epochEnd = at(done.elapsed(), writer);
        writer.append(epoch(done, epochEnd));
      }
      case TrainingEvent.Exchanged exchanged -> writer.append(exchange(exchanged, epochEnd));
      case TrainingEvent.CheckpointWritten _ -> writer.force();
      case TrainingEvent.Ended _ -> close();
      case TrainingEvent.Started _, TrainingEvent.InstancesLearned _, TrainingEvent.Noticed _ -> {}
    }
  }

  private static double at(Duration elapsed, MetricsWriter writer) {
    return writer.secondsBefore() + elapsed.toNanos() / NANOS;
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

  private static Measurement skipped(TrainingEvent.StepSkipped skipped, double seconds) {
    return new Measurement.Skipped(skipped.step() + 1, seconds, skipped.what());
  }

  private static Measurement exchange(TrainingEvent.Exchanged exchanged, double seconds) {
    var traffic = exchanged.traffic();
    return new Measurement.Exchange(
        exchanged.step(),
        seconds,
        traffic.bytesPerStep(),
        traffic.compression(),
        traffic.compressions());
  }

  private static Measurement epoch(TrainingEvent.EpochDone done, double seconds) {
    return new Measurement.Epoch(
        done.step(), done.epoch() + 1, seconds, done.trainLoss(), done.validation(), done.best());
  }

  /** Ends the file. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }
}
