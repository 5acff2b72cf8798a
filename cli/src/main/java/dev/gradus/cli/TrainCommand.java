package dev.gradus.cli;

import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.run.RunLog;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus train}. */
@Command(
    name = "train",
    sortOptions = false,
    customSynopsis = "gradus train [OPTION]...%n",
    description = "Trains a network, with checkpoints, in a folder of its own.",
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus train",
      "  gradus train --data fashion-mnist --epochs 3",
      "  gradus train --data csv:wine.csv --label quality --task regression",
      "  gradus train --optimizer 'clip-norm(1) | sgdp' --lr 0.05",
      "  gradus train --config runs/digits-mlp-1/config.yaml --seed 2",
      "  gradus train --resume runs/digits-mlp-1"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final TrainSettings settings = new TrainSettings();

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
      description = "A YAML file with these options as keys; the command line wins.")
  private @Nullable Path config;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print what otherwise only the log tells.")
  private boolean verbose;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var log = RunLog.install(console::note, verbose ? Level.INFO : Level.WARNING)) {
      var run =
          new TrainingInFolder(
              "train",
              settings,
              Trainer.here(settings, new Planning(settings, console)),
              console,
              log,
              _ -> {});
      return resume == null
          ? begin(run)
          : run.goOn(StoredSettings.take(spec, resume, config != null || settings.out != null));
    }
  }

  private int begin(TrainingInFolder run) {
    if (config != null) {
      new Settings(spec).fillFrom(RunFile.read(config));
    }
    if (settings.out != null) {
      RunFolder.requireFree(settings.out);
    }
    return run.begin(new Settings(spec));
  }
}
