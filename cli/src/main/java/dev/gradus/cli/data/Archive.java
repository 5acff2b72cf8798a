package dev.gradus.cli.data;

import dev.gradus.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files under relative paths with forward slashes, in a folder or a zip file. */
sealed interface Archive extends Closeable permits FolderArchive, ZipArchive {

  /** Opens what is there. */
  static Archive open(Path path, Limits limits) throws IOException {
    return Files.isDirectory(path) ? new FolderArchive(path, limits) : new ZipArchive(path, limits);
  }

  /** The paths of all files, sorted. */
  List<String> files();

  /** The paths of all folders below the top, sorted, as far as they are known. */
  List<String> folders();

  /** The contents of one file; may be called from several threads. */
  byte[] read(String file) throws IOException;

  /** How much an archive may hold. */
  record Limits(int files, int fileLength) {
    static final Limits USUAL = new Limits(5_000_000, 256_000_000);

    void requireFiles(long count, Path archive) {
      if (count > files) {
        throw new UserException(
            "'%s' holds more than %,d files, which is the limit.".formatted(archive, files));
      }
    }

    byte[] requireLength(byte[] contents) throws IOException {
      if (contents.length > fileLength) {
        throw new UnreadableImageException(
            "is larger than %,d bytes, which is the limit".formatted(fileLength));
      }
      return contents;
    }
  }
}
