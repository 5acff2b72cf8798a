package dev.gradus.cli;

import dev.gradus.UserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the runs of a comparison are kept, and how they are made. */
final class WorkArguments {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Where everything is kept. Default: the name of the command, or of its file without its"
              + " ending.")
  private @Nullable Path out;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many runs at a time, each in its own process. Default: ${DEFAULT-VALUE}.")
  private int jobs = 1;

  @Option(names = "--dry-run", description = "List the runs and how long they take, and end.")
  private boolean dryRun;

  /**
   * Where everything is kept.
   *
   * @param file what the command was given, if it was given a file
   * @param usual the folder without one
   */
  Path folder(@Nullable Path file, String usual) {
    if (out != null) {
      return out;
    }
    if (file == null) {
      return Path.of(usual);
    }
    var name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    var beside = file.resolveSibling(name);
    if (beside.equals(file)) {
      throw new UserException(
          "The file '" + file + "' has no ending .yaml; name a folder by --out.");
    }
    return beside;
  }

  /** Whether nothing but a list of the runs is wanted. */
  boolean listsOnly() {
    return dryRun;
  }

  /** Makes or lists the runs of a sweep; returns an exit code. */
  int carryOut(Path file, Path folder, Console console) {
    var sweep = new Sweep(file, folder, jobs, console);
    return dryRun ? sweep.list() : sweep.run();
  }
}
