package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/** Reads what {@link BitWriter} wrote; behind the end of memory there are zeros. */
final class BitReader {
  /** So many bits are seen at once. */
  static final int AT_ONCE = Long.SIZE - Byte.SIZE + 1;

  private final MemorySegment from;
  private final long end;
  private long place;

  BitReader(MemorySegment from, long offset) {
    this.from = from;
    end = from.byteSize() * Byte.SIZE;
    place = offset * Byte.SIZE;
  }

  /** How many bits are left; negative if more were skipped than there are. */
  long left() {
    return end - place;
  }

  /** The next bits, the first of them lowest. */
  long peek() {
    long offset = place / Byte.SIZE;
    boolean whole = offset + Long.BYTES <= from.byteSize();
    long word = whole ? from.get(Floats.LONG, offset) : lastBytes(from, offset);
    return word >>> (place % Byte.SIZE);
  }

  private static long lastBytes(MemorySegment from, long offset) {
    long word = 0;
    for (long i = from.byteSize() - 1; i >= offset; i--) {
      word = (word << Byte.SIZE) | Byte.toUnsignedLong(from.get(Floats.BYTE, i));
    }
    return word;
  }

  void skip(int bits) {
    place += bits;
  }
}
