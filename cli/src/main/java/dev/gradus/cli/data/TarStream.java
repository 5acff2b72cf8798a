package dev.gradus.cli.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The entries of a tar archive, one after the other; nothing is ever written to disk. */
final class TarStream implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_START = 124;
  private static final int SIZE_LENGTH = 12;

  private final InputStream archive;
  private Contents current;

  TarStream(InputStream archive) {
    this.archive = archive;
    this.current = new Contents(0);
  }

  record Entry(String path, long length) {}

  /** The next entry; whatever was not read of the one before is skipped. */
  Optional<Entry> next() throws IOException {
    current.skip();
    var header = archive.readNBytes(BLOCK);
    if (header.length < BLOCK) {
      throw new EOFException();
    }
    var path = text(header, 0, NAME_LENGTH);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    long length = length(text(header, SIZE_START, SIZE_LENGTH));
    current = new Contents(length);
    return Optional.of(new Entry(path, length));
  }

  InputStream contents() {
    return current;
  }

  private static String text(byte[] header, int start, int length) {
    var text = new String(header, start, length, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  private static long length(String octal) throws IOException {
    try {
      return Long.parseUnsignedLong(octal, 8);
    } catch (NumberFormatException damaged) {
      throw new IOException("an entry has the length '" + octal + "'", damaged);
    }
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }

  /** The bytes of one entry, no further. */
  private final class Contents extends InputStream {
    private final long padding;
    private long left;

    Contents(long length) {
      left = length;
      padding = Math.floorMod(-length, BLOCK);
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return archive.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = archive.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    void skip() throws IOException {
      archive.skipNBytes(left + padding);
      left = 0;
    }
  }
}
