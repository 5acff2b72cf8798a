package dev.gradus.djl.telemetry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The shape of a table of half floats as NumPy's {@code .npy} files hold it: a header of fixed
 * length that tells the shape, then row after row.
 *
 * @param rows how many
 * @param columns how many
 */
record HalfTable(int rows, int columns) {
  private static final int HEADER_BYTES = 128;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final String TEXT =
      "{'descr': '<f2', 'fortran_order': False, 'shape': (%s, %s), }";
  private static final Pattern SHAPE =
      Pattern.compile(Pattern.quote(TEXT.replace("%s", "#")).replace("#", "\\E(\\d{1,9})\\Q"));

  /** What a file holds: whole rows only; nothing if it is of another kind. */
  static HalfTable in(FileChannel file) throws IOException {
    var header = ByteBuffer.allocate(HEADER_BYTES);
    file.read(header, 0);
    var shape = SHAPE.matcher(new String(header.array(), StandardCharsets.ISO_8859_1));
    if (!Arrays.equals(MAGIC, Arrays.copyOf(header.array(), MAGIC.length)) || !shape.find()) {
      return new HalfTable(0, 0);
    }
    var told = new HalfTable(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
    return told.columns == 0 ? told : told.withRows(told.rowsIn(file.size()));
  }

  /** In every how manieth epoch the rates of so many instances are kept, to stay in bounds. */
  static int every(int instances, int epochs) {
    long rows = Math.max(1, RateLog.LARGEST / ((long) Math.max(1, instances) * Short.BYTES));
    return (int) Math.ceilDiv(epochs, rows);
  }

  private int rowsIn(long bytes) {
    return Math.clamp((bytes - HEADER_BYTES) / rowBytes(), 0, rows);
  }

  HalfTable withRows(int number) {
    return new HalfTable(number, columns);
  }

  ByteBuffer header() {
    var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.fill(header.array(), (byte) ' ');
    header.put(MAGIC).putShort((short) (HEADER_BYTES - MAGIC.length - Short.BYTES));
    header.put(TEXT.formatted(rows, columns).getBytes(StandardCharsets.US_ASCII));
    return header.put(HEADER_BYTES - 1, (byte) '\n').rewind();
  }

  /** Where a number lies in the file; that of the row behind the last is the end. */
  long position(int row, int column) {
    return HEADER_BYTES + row * rowBytes() + (long) column * Short.BYTES;
  }

  private long rowBytes() {
    return (long) columns * Short.BYTES;
  }
}
