package dev.gradus.cli.run;

import dev.gradus.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a run by their names.
 *
 * @param folder the run's folder, which need not exist
 */
public record RunFiles(Path folder) {
  /** The version of the folder's format. */
  public static final int FORMAT = 1;

  /**
   * The files of an existing run.
   *
   * @param folder the run's folder
   * @return its files
   * @throws UserException if it is not the folder of a run
   */
  public static RunFiles existing(Path folder) {
    var files = new RunFiles(folder);
    if (!Files.isDirectory(folder)) {
      throw new UserException("The run folder '" + folder + "' does not exist.");
    }
    if (!files.isRun()) {
      throw new UserException(
          "The folder '%s' is not the folder of a run: it has no %s."
              .formatted(folder, files.configuration().getFileName()));
    }
    return files;
  }

  /**
   * Refuses what a newer version has written.
   *
   * @param file where the format is told
   * @param format what it says
   * @throws UserException if that is not {@link #FORMAT}
   */
  public static void requireFormat(Path file, String format) {
    if (!format.equals(Integer.toString(FORMAT))) {
      throw new UserException(
          "%s has format %s, but this Gradus reads format %d; use a newer one."
              .formatted(file, format, FORMAT));
    }
  }

  /**
   * Every setting, as YAML.
   *
   * @return the file {@code config.yaml}
   */
  public Path configuration() {
    return folder.resolve("config.yaml");
  }

  /**
   * Machine, libraries and threads of each start.
   *
   * @return the file {@code environment.json}
   */
  public Path environment() {
    return folder.resolve("environment.json");
  }

  /**
   * What was measured, one JSON object a line.
   *
   * @return the file {@code metrics.jsonl}
   */
  public Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  /**
   * The learning rate of every training instance behind each epoch, as a NumPy array; missing where
   * the run learns none.
   *
   * @return the file {@code rates.npy}
   */
  public Path rates() {
    return folder.resolve("rates.npy");
  }

  /**
   * Weights and optimizer states.
   *
   * @return the folder {@code checkpoints}
   */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /**
   * What happened, in words.
   *
   * @return the file {@code log.txt}
   */
  public Path log() {
    return folder.resolve("log.txt");
  }

  /**
   * What was predicted of the steps of several workers; missing unless there are several.
   *
   * @return the file {@code plan.json}
   */
  public Path plan() {
    return folder.resolve("plan.json");
  }

  /**
   * How the run ended; missing while it has not.
   *
   * @return the file {@code result.json}
   */
  public Path result() {
    return folder.resolve("result.json");
  }

  /**
   * What ended the run before its time; missing unless a loss or gradient was not finite, or
   * something has grown without bound.
   *
   * @return the file {@code diverged.json}
   */
  public Path diverged() {
    return folder.resolve("diverged.json");
  }

  /**
   * How good the network is at its target and in general; missing unless it was made personal.
   *
   * @return the file {@code personalization.json}
   */
  public Path personalization() {
    return folder.resolve("personalization.json");
  }

  /**
   * Whether the folder is that of a run.
   *
   * @return true once its configuration is written
   */
  public boolean isRun() {
    return Files.isRegularFile(configuration());
  }

  /**
   * Whether the run has come to its end.
   *
   * @return true once its result is written
   */
  public boolean isFinished() {
    return Files.isRegularFile(result());
  }
}
