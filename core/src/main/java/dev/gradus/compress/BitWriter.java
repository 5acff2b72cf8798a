package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/** Writes numbers of any few bits behind each other; bytes are filled from the lowest bit. */
final class BitWriter {
  /** So many bytes behind the last may be written to. */
  static final int ROOM = Long.BYTES;

  private final MemorySegment to;
  private long offset;
  private long begun;
  private int used;

  BitWriter(MemorySegment to, long offset) {
    this.to = to;
    this.offset = offset;
  }

  /** Writes a number that has no other bits than those, at most 56 of them. */
  void put(long bits, int count) {
    begun |= bits << used;
    used += count;
    to.set(Floats.LONG, offset, begun);
    int full = used & -Byte.SIZE;
    offset += full / Byte.SIZE;
    begun >>>= full;
    used -= full;
  }

  /** The offset behind the last byte, which zeros fill. */
  long end() {
    return offset + (used > 0 ? 1 : 0);
  }
}
