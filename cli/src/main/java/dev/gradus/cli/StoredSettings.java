package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The settings of a run that is to go on, taken over by the command line that asks for it. */
final class StoredSettings {
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

  private StoredSettings() {}

  /**
   * Finds the run, refuses settings that would make it another one, and takes over the rest.
   *
   * @param named the run's folder; empty for the newest unfinished one
   * @param moved whether the command line says where settings come from or a run goes
   */
  static RunFiles take(CommandSpec spec, Path named, boolean moved) {
    if (moved) {
      throw new UserException(
          "A run goes on in its own folder with its own settings; leave out --config and --out.");
    }
    var files =
        named.toString().isEmpty() ? Runs.newestUnfinished(Runs.FOLDER) : RunFiles.existing(named);
    var file = RunFile.read(files.configuration());
    var stored = new Settings(spec);
    requireSame(files, stored.differences(file));
    stored.fillFrom(file);
    return files;
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
