package dev.gradus.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Everything that a run file can say. */
final class TrainSettings {
  @ArgGroup(validate = false, order = 1, heading = "%nData%n")
  final DataArguments data = new DataArguments();

  @ArgGroup(validate = false, order = 2, heading = "%nModel and optimizer%n")
  final ModelArguments model = new ModelArguments();

  @ArgGroup(validate = false, order = 3, heading = "%nTraining%n")
  final LoopArguments loop = new LoopArguments();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder, new or empty. Default: runs/DATA-MODEL-NUMBER.")
  @Nullable Path out;
}
