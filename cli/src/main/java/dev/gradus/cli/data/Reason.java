package dev.gradus.cli.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Why reading failed, in words. */
final class Reason {
  private Reason() {}

  static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "no permission to read '" + denied.getFile() + "'";
      case NoSuchFileException missing -> "'" + missing.getFile() + "' does not exist";
      case FileSystemLoopException loop -> "the folder '" + loop.getFile() + "' contains itself";
      case FileSystemException other -> "'" + other.getFile() + "': " + other.getReason();
      case EOFException end -> "it ends too early, so it is truncated";
      case ZipException damaged -> "it is damaged (" + damaged.getMessage() + ")";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
