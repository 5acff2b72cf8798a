package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.run.RunLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Collectors;
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
  /** Settings that change how a run is computed, but not what comes out. */
  private static final Set<String> FREE_TO_CHANGE =
      Set.of(
          "--threads",
          "--optimizer-threads",
          "--checkpoint-every",
          "--keep",
          "--skip-nonfinite",
          "--tensorboard",
          "--offline");

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
      var run = new TrainingInFolder(settings, console, log);
      return resume == null ? begin(run) : goOn(run, resume);
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

  private int goOn(TrainingInFolder run, Path named) {
    if (config != null || settings.out != null) {
      throw new UserException(
          "A run goes on in its own folder with its own settings; leave out --config and --out.");
    }
    var files =
        named.toString().isEmpty() ? Runs.newestUnfinished(Runs.FOLDER) : RunFiles.existing(named);
    var file = RunFile.read(files.configuration());
    var stored = new Settings(spec);
    requireSame(files, stored.differences(file));
    stored.fillFrom(file);
    return run.goOn(files);
  }

  private static void requireSame(RunFiles files, List<String> differences) {
    var refused =
        differences.stream()
            .filter(difference -> !FREE_TO_CHANGE.contains(difference.replaceFirst(" .*", "")))
            .collect(Collectors.joining(" "));
    if (!refused.isEmpty()) {
      throw new UserException(
          "The run %s was started with %s; go on without changing that, or start a new run."
              .formatted(files.folder(), refused));
    }
  }
}
