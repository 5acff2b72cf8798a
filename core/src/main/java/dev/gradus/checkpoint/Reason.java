package dev.gradus.checkpoint;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What an exception of the file system means, in words. */
final class Reason {
  private Reason() {}

  static String of(IOException exception) {
    return switch (exception) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> "access to " + denied.getFile() + " is denied";
      case ClosedByInterruptException _ -> "the thread was interrupted";
      default ->
          Objects.requireNonNullElse(exception.getMessage(), exception.getClass().getSimpleName());
    };
  }
}
