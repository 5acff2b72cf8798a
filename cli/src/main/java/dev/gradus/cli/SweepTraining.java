package dev.gradus.cli;

import static java.lang.System.Logger.Level.INFO;

import dev.gradus.cli.run.Environment;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.sweep.EpochSummary;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.RunSummary.DataSummary;
import dev.gradus.cli.sweep.Trial;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult.Outcome;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.telemetry.Metrics;
import dev.gradus.djl.telemetry.RateSpread;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes one run of a sweep, from its beginning or from its last checkpoint. */
final class SweepTraining {
  private static final System.Logger LOG = System.getLogger(SweepTraining.class.getName());

  private final SweepRuns runs;
  private final TrainingListener progress;
  private final BooleanSupplier stop;

  SweepTraining(SweepRuns runs, TrainingListener progress, BooleanSupplier stop) {
    this.runs = runs;
    this.progress = progress;
    this.stop = stop;
  }

  /** What came of it; nothing if it was asked to stop before the end. */
  Optional<RunSummary> run(Trial trial, RunFolder folder) {
    var settings = runs.settings(trial);
    if (!folder.files().isRun()) {
      folder.configure(settings.all().print());
    }
    LOG.log(INFO, "Run {0}", trial.name());
    var size = new Size();
    try {
      return train(settings, runs.data(trial), folder.files(), size)
          ? Optional.of(summary(trial, folder.files(), size, null))
          : Optional.empty();
    } catch (NotFiniteException diverged) {
      LOG.log(INFO, "Diverged: {0}", diverged.getMessage());
      var reason = "%s in step %d".formatted(diverged.what(), diverged.step() + 1);
      return Optional.of(summary(trial, folder.files(), size, reason));
    }
  }

  private boolean train(FilledSettings settings, DataSet data, RunFiles files, Size size) {
    var train = settings.train();
    try (var network = train.network(data);
        var recorder = new Recorder(files, Sessions.with(train.step))) {
      UnaryOperator<Training> kept =
          training ->
              training.checkpoints(train.loop.checkpoints(files.checkpoints())).stopWhen(stop);
      var leader =
          kept.apply(train.training(network, data))
              .listener(recorder)
              .listener(new Diary())
              .listener(size)
              .listener(progress);
      return train.run(leader, data, kept).outcome() != Outcome.INTERRUPTED;
    }
  }

  private RunSummary summary(Trial trial, RunFiles files, Size size, @Nullable String diverged) {
    var data = runs.whole(trial).fingerprint();
    return new RunSummary(
        RunSummary.FORMAT,
        trial.phase(),
        runs.settings(trial).all().values(),
        new DataSummary(data.name(), data.train(), data.validation(), data.test(), data.contents()),
        size.weights,
        diverged,
        diverged == null ? Result.read(files) : null,
        EpochSummary.of(
            Metrics.read(files.metrics()), RateSpread.read(files.rates(), runs.epochs(trial))),
        Environment.read(files).sessions());
  }

  /** Hears how large the network is. */
  private static final class Size implements TrainingListener {
    private long weights;

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Started started) {
        weights = started.weights();
      }
    }
  }
}
