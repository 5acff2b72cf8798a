package dev.gradus.cli.data;

import dev.gradus.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of unsigned bytes in MNIST's format: two zero bytes, the type of the values, the number of
 * dimensions, each dimension as a big-endian 32-bit number, the values.
 *
 * @param dimensions the size of each dimension, the number of examples first
 * @param values the values, row-major
 */
record Idx(List<Long> dimensions, MemorySegment values) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int CHUNK = 1 << 16;

  static Idx read(Path file, int dimensionsExpected) throws IOException {
    if (Files.size(file) == 0) {
      throw new UserException("The file '" + file + "' is empty.");
    }
    try (var in = Compressed.open(file)) {
      int count = readDimensionCount(in, file);
      if (count != dimensionsExpected) {
        throw new UserException(
            "The file '%s' has %d dimensions where %d are expected."
                .formatted(file, count, dimensionsExpected));
      }
      var dimensions = readDimensions(in, count);
      return new Idx(dimensions, readValues(in, file, dimensions));
    } catch (IOException damaged) {
      throw new UserException(
          "The file '" + file + "' cannot be read: " + Reason.of(damaged) + ".", damaged);
    }
  }

  private static int readDimensionCount(InputStream in, Path file) throws IOException {
    var start = in.readNBytes(4);
    if (start.length < 4 || start[0] != 0 || start[1] != 0) {
      throw new UserException(
          "The file '" + file + "' is not in MNIST's idx format: it does not begin with 00 00.");
    }
    if (start[2] != UNSIGNED_BYTE) {
      throw new UserException(
          "The file '%s' holds values of the idx type 0x%02X; only unsigned bytes (0x08) are read."
              .formatted(file, start[2]));
    }
    return Byte.toUnsignedInt(start[3]);
  }

  private static List<Long> readDimensions(InputStream in, int count) throws IOException {
    var dimensions = new ArrayList<Long>();
    for (int dimension = 0; dimension < count; dimension++) {
      var bytes = in.readNBytes(Integer.BYTES);
      if (bytes.length < Integer.BYTES) {
        throw new EOFException();
      }
      dimensions.add(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()));
    }
    return dimensions;
  }

  private static MemorySegment readValues(InputStream in, Path file, List<Long> dimensions)
      throws IOException {
    long size = size(file, dimensions);
    var values = MemoryBudget.allocate(size, "The file '" + file + "'");
    var chunk = new byte[CHUNK];
    long filled = 0;
    while (filled < size) {
      int read = in.readNBytes(chunk, 0, (int) Math.min(CHUNK, size - filled));
      if (read == 0) {
        throw wrongLength(file, dimensions, "only " + filled + " values follow: it is truncated");
      }
      MemorySegment.copy(chunk, 0, values, ValueLayout.JAVA_BYTE, filled, read);
      filled += read;
    }
    if (in.read() >= 0) {
      throw wrongLength(file, dimensions, "more values follow");
    }
    return values;
  }

  /** How many values the header promises, no more than the file can hold. */
  private static long size(Path file, List<Long> dimensions) throws IOException {
    long largest = Compressed.largestContents(file);
    long size = 1;
    for (long dimension : dimensions) {
      if (dimension == 0) {
        throw wrongLength(file, dimensions, "that is nothing");
      }
      if (dimension > largest / size) {
        throw wrongLength(file, dimensions, "a file of this length cannot hold so many");
      }
      size *= dimension;
    }
    return size;
  }

  private static UserException wrongLength(Path file, List<Long> dimensions, String problem) {
    var sizes = dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    return new UserException(
        "The header of '%s' promises %s values, but %s.".formatted(file, sizes, problem));
  }
}
