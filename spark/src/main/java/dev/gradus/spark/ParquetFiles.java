package dev.gradus.spark;

import dev.gradus.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What is at an address, looked at before Spark begins a job whose failure it would tell by pages.
 */
final class ParquetFiles {
  private static final Set<String> BEGINNINGS = Set.of("PAR1", "PARE");

  private ParquetFiles() {}

  /** Refuses an address at which the first file is not Parquet. */
  static void require(String address) {
    try {
      var path = new Path(address);
      var files = path.getFileSystem(Hadoop.configuration());
      var found = files.globStatus(path);
      if (found == null || found.length == 0) {
        throw new UserException(
            "There is nothing at '%s'; name a Parquet file or a folder of such files, where all machines reach it."
                .formatted(address));
      }
      var first = first(files, found);
      if (first.isEmpty() || !isParquet(files, first.get())) {
        throw new UserException(
            "'%s' %s; name a Parquet file or a folder of such files."
                .formatted(address, first.isEmpty() ? "holds no file" : "is not Parquet"));
      }
    } catch (IOException | IllegalArgumentException failure) {
      throw new UserException(
          "'%s' can't be read: %s.".formatted(address, Reasons.of(failure)), failure);
    }
  }

  private static Optional<Path> first(FileSystem files, FileStatus[] found) throws IOException {
    for (var each : found) {
      for (var all = files.listFiles(each.getPath(), true); all.hasNext(); ) {
        var file = all.next().getPath();
        if (!file.getName().startsWith("_") && !file.getName().startsWith(".")) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isParquet(FileSystem files, Path file) throws IOException {
    byte[] beginning = new byte[4];
    try (var in = files.open(file)) {
      in.readFully(beginning);
      return BEGINNINGS.contains(new String(beginning, StandardCharsets.ISO_8859_1));
    } catch (EOFException tooShort) {
      return false;
    }
  }
}
