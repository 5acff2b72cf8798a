package dev.gradus.cli.chart;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** A file that a user asks for by name, checked before its content is computed. */
public final class OutputFile {
  private final Path file;

  private OutputFile(Path file) {
    this.file = file;
  }

  /**
   * A file that is still to be written. Nothing is written yet.
   *
   * @param file where it will be; replaced if it exists
   * @param what what a person calls its content, such as {@code picture}
   * @param ending what its name must end in, such as {@code .png}
   * @return the file
   * @throws UserException if it cannot be written
   */
  public static OutputFile at(Path file, String what, String ending) {
    var folder = file.toAbsolutePath().getParent();
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(ending)) {
      throw new UserException(
          "'%s' cannot be the name of a %s; give one that ends in %s."
              .formatted(file, what, ending));
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UserException(
          "The folder of the %s '%s' does not exist; make it first.".formatted(what, file));
    }
    if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new UserException(
          "The %s '%s' cannot be written; give another file.".formatted(what, file));
    }
    return new OutputFile(file);
  }

  /**
   * Writes the file as a whole.
   *
   * @param content its bytes
   * @throws UserException if it can't be written
   */
  public void write(byte[] content) {
    var temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(temporary, content);
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      String reason =
          failure instanceof AccessDeniedException ? "no permission" : failure.getMessage();
      throw new UserException("Cannot write '%s': %s.".formatted(file, reason), failure);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
