package dev.gradus.cli.run;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What ended a run before its time: the content of {@code diverged.json}.
 *
 * @param format the version of the format
 * @param step the step that failed, from 1
 * @param notFinite {@code the loss}, {@code the gradient of} and the name of a parameter, or a
 *     clause about what a training method has found to grow without bound
 */
public record Divergence(int format, long step, String notFinite) {
  /**
   * Reads how a run diverged.
   *
   * @param files a run
   * @return nothing if it did not
   * @throws UserException if the file is damaged or of a newer format
   */
  public static Optional<Divergence> read(RunFiles files) {
    if (!Files.exists(files.diverged())) {
      return Optional.empty();
    }
    var divergence = Json.read(files.diverged(), Divergence.class);
    RunFiles.requireFormat(files.diverged(), Integer.toString(divergence.format()));
    return Optional.of(divergence);
  }

  /**
   * Writes it down.
   *
   * @param files the run
   * @throws UserException if the file cannot be written
   */
  public void write(RunFiles files) {
    Json.write(files.diverged(), this);
  }

  /**
   * Forgets how a run diverged, because it goes on.
   *
   * @param files the run
   * @throws UserException if the file cannot be deleted
   */
  public static void forget(RunFiles files) {
    try {
      Files.deleteIfExists(files.diverged());
    } catch (IOException failure) {
      throw Disk.cannotWrite(files.diverged(), failure);
    }
  }

  /**
   * The divergence in words.
   *
   * @return such as {@code the loss in step 12}
   */
  public String sentence() {
    return "%s in step %d".formatted(notFinite, step);
  }
}
