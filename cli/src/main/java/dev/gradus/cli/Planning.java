package dev.gradus.cli;

import dev.gradus.cli.run.Json;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.scaling.Forecast;
import dev.gradus.cli.scaling.Plan;
import dev.gradus.djl.RangeTest;
import dev.gradus.djl.data.DataSet;
import java.nio.file.Files;
import java.util.Optional;

/** What is predicted of a run with several workers, in its folder before the first step. */
final class Planning {
  private static final double MILLIS = 1e3;

  private final TrainSettings settings;
  private final Console console;

  Planning(TrainSettings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /** Whether nothing has been predicted yet of a run that has anything to predict. */
  boolean isDue(RunFiles files) {
    return settings.workers.exchange(settings.step.batch()) && !Files.exists(files.plan());
  }

  /** Predicts, if that is due, the steps of workers in this process. */
  void here(RunFiles files, DataSet data) {
    if (isDue(files)) {
      console.passing("rehearsing some steps");
      var part = RangeTest.trainingPart(data);
      try (var network = settings.untrained(part)) {
        var training = settings.rehearsal(network, part);
        var workers = settings.workers;
        keep(files, Plan.byTurns(training, network, workers.compressor(), workers.count()));
      }
    }
  }

  /** Takes a prediction that the workers have made. */
  void take(RunFiles files, String forecast) {
    keep(files, Json.parse(forecast, Forecast.class));
  }

  private void keep(RunFiles files, Forecast forecast) {
    forecast.write(files.plan());
    console.note(forecast.sentence(settings.workers.compressor().toString()));
  }

  /** Holds a finished run against what was predicted of it. */
  Optional<String> against(RunFiles files, Result result) {
    var sent = result.sent();
    return sent == null || sent.medianMillis() == 0 || !Files.exists(files.plan())
        ? Optional.empty()
        : Optional.of(
            Forecast.read(files.plan())
                .against(
                    settings.workers.compressor().toString(),
                    sent.medianMillis() / MILLIS,
                    sent.stepMillis() / MILLIS,
                    (double) sent.bytesPerStep()));
  }
}
