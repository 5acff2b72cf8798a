package dev.gradus.cli.run;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writing that either happens as a whole or tells why not. */
final class Disk {
  private Disk() {}

  /** Replaces a file in one moment: a crash leaves the old one or the new one. */
  static void write(Path file, byte[] content) {
    var temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(temporary, content);
      force(temporary);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw cannotWrite(file, failure);
    }
  }

  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static UserException cannotWrite(Path file, IOException failure) {
    return new UserException("Cannot write '%s': %s.".formatted(file, reason(failure)), failure);
  }

  static UserException cannotRead(Path file, IOException failure) {
    return new UserException("Cannot read '%s': %s.".formatted(file, reason(failure)), failure);
  }

  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "no permission for '" + denied.getFile() + "'";
      case NoSuchFileException missing -> "'" + missing.getFile() + "' cannot be made";
      case FileAlreadyExistsException exists -> "'" + exists.getFile() + "' is not a folder";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
