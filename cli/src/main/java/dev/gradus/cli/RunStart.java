package dev.gradus.cli;

import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.run.RunLog;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a run begins or goes on, and with which settings. */
final class RunStart {
  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      arity = "0..1",
      fallbackValue = "",
      description = "Go on with the run in this folder; without one, with the newest unfinished.")
  private @Nullable Path resume;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file with options of gradus train as keys; the command line wins.")
  private @Nullable Path config;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print what otherwise only the log tells.")
  private boolean verbose;

  boolean isResumed() {
    return resume != null;
  }

  /** Trains in the folder of a run. */
  int run(CommandSpec spec, TrainSettings settings, Function<Console, Trainer> trainer) {
    var console = Console.of(spec);
    try (var log = RunLog.install(console::note, verbose ? Level.INFO : Level.WARNING)) {
      var run =
          new TrainingInFolder(
              spec.name(), settings, trainer.apply(console), console, log, _ -> {});
      return resume == null
          ? begin(spec, settings, run)
          : run.goOn(StoredSettings.take(spec, resume, config != null || settings.out != null));
    }
  }

  private int begin(CommandSpec spec, TrainSettings settings, TrainingInFolder run) {
    var all = new Settings(spec);
    if (config != null) {
      all.fillFrom(RunFile.read(config));
    }
    if (settings.out != null) {
      RunFolder.requireFree(settings.out);
    }
    return run.begin(all);
  }
}
