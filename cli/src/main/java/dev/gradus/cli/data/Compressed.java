package dev.gradus.cli.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files that may be compressed with gzip, told by their first bytes. */
final class Compressed {
  /** Deflate cannot expand a file by more. */
  static final long LARGEST_EXPANSION = 1_032;

  private static final int BUFFER = 1 << 16;

  private Compressed() {}

  static boolean isGzip(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    }
  }

  static InputStream open(Path file) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return isGzip(file) ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException damaged) {
      in.close();
      throw damaged;
    }
  }

  /** The most bytes that the file can hold once it is expanded. */
  static long largestContents(Path file) throws IOException {
    return isGzip(file) ? Files.size(file) * LARGEST_EXPANSION : Files.size(file);
  }
}
