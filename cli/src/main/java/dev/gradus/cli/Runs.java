package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** The folder that runs are put into when no other is named. */
final class Runs {
  static final Path FOLDER = Path.of("runs");

  private Runs() {}

  /** A name that tells data and model, such as {@code wine-mlp}. */
  static String name(String data, String model) {
    var file = data.substring(data.indexOf(':') + 1);
    var words = String.valueOf(Path.of(file).getFileName()).replaceFirst("\\..*", "");
    return clean(words) + "-" + clean(model.replaceFirst("\\(.*", ""));
  }

  private static String clean(String words) {
    var clean = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return clean.replaceAll("^-|-$", "");
  }

  static RunFiles newestUnfinished(Path parent) {
    try (var folders = Files.isDirectory(parent) ? Files.list(parent) : Stream.<Path>empty()) {
      return folders
          .map(RunFiles::new)
          .filter(run -> run.isRun() && !run.isFinished())
          .max(Comparator.comparing(Runs::started))
          .orElseThrow(
              () ->
                  new UserException(
                      "There is no unfinished run in the folder '%s'; name one: --resume FOLDER."
                          .formatted(parent)));
    } catch (IOException failure) {
      throw new UserException("The folder '" + parent + "' cannot be read.", failure);
    }
  }

  private static FileTime started(RunFiles run) {
    try {
      return Files.getLastModifiedTime(run.configuration());
    } catch (IOException vanished) {
      return FileTime.fromMillis(0);
    }
  }
}
