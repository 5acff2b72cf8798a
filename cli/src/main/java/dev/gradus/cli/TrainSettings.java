package dev.gradus.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything that a run file can say. */
@Command
final class TrainSettings {
  @Mixin final DataArguments data = new DataArguments();
  @Mixin final ModelArguments model = new ModelArguments();
  @Mixin final LoopArguments loop = new LoopArguments();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder, new or empty. Default: runs/DATA-MODEL-NUMBER.")
  @Nullable Path out;
}
