package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Paths that a user typed. */
final class UserPath {
  private UserPath() {}

  static Path of(String text) {
    if (text.isBlank()) {
      throw new UserException("A file or folder must be named, but the name is empty.");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new UserException(
          "'" + text + "' cannot be the name of a file: " + invalid.getReason() + ".", invalid);
    }
  }

  static UserException missing(Path path) {
    var parent = path.toAbsolutePath().normalize().getParent();
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    var existing = parent == null ? path.toAbsolutePath().getRoot() : parent;
    return new UserException(
        "'%s' does not exist; the nearest folder that does is '%s'%s"
            .formatted(path, existing, similar(path, existing)));
  }

  private static String similar(Path path, Path existing) {
    var wanted = existing.toAbsolutePath().relativize(path.toAbsolutePath().normalize());
    return Nearest.of(wanted.getName(0).toString(), names(existing))
        .map(name -> ", which holds '" + name + "'.")
        .orElse(".");
  }

  private static List<String> names(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
