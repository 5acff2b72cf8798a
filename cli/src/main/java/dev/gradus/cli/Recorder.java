package dev.gradus.cli;

import dev.gradus.cli.run.Environment;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.Sent;
import dev.gradus.cli.run.Session;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult;
import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.Metrics;
import dev.gradus.djl.telemetry.MetricsLog;
import dev.gradus.djl.telemetry.RateLog;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Writes down in the run's folder what is measured. */
final class Recorder implements TrainingListener, AutoCloseable {
  private final RunFiles files;
  private final LongFunction<Session> session;
  private final MetricsLog metrics;
  private final RateLog rates;
  private final StepClock clock = new StepClock();
  private long plannedEpochs;
  private long weights;
  private @Nullable Sent sent;

  /** Writes into these files; the session is made from the number of steps before it. */
  Recorder(RunFiles files, LongFunction<Session> session) {
    this.files = files;
    this.session = session;
    metrics = new MetricsLog(files.metrics());
    rates = new RateLog(files.rates());
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      plannedEpochs = started.epochs();
      weights = started.weights();
      Environment.append(files, session.apply(started.step()));
    }
    if (event instanceof TrainingEvent.Exchanged exchanged) {
      sent = Sent.of(exchanged.traffic(), clock.mean(), clock.median());
    }
    clock.on(event);
    metrics.on(event);
    rates.on(event);
    if (event instanceof TrainingEvent.Ended ended) {
      end(ended.result());
    }
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
    for (var measurement : Metrics.read(files.metrics())) {
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
        ended.test(),
        ended.lastTest(),
        weights,
        sent);
  }

  @Override
  public void close() {
    metrics.close();
  }
}
