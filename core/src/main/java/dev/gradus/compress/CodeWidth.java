package dev.gradus.compress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How many bits a code of {@link BinCodes} has; the lowest two say what it means. */
enum CodeWidth {
  BYTE(1) {
    @Override
    int read(MemorySegment memory, long offset) {
      return Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, offset));
    }

    @Override
    void write(MemorySegment memory, long offset, int code) {
      memory.set(ValueLayout.JAVA_BYTE, offset, (byte) code);
    }
  },
  SHORT(2) {
    @Override
    int read(MemorySegment memory, long offset) {
      return Short.toUnsignedInt(memory.get(Floats.SHORT, offset));
    }

    @Override
    void write(MemorySegment memory, long offset, int code) {
      memory.set(Floats.SHORT, offset, (short) code);
    }
  };

  static final int MEANING_BITS = 2;

  private final int bytes;

  CodeWidth(int bytes) {
    this.bytes = bytes;
  }

  /** The narrowest that can number the elements of a bin. */
  static CodeWidth of(int bin) {
    return bin <= BYTE.arguments() ? BYTE : SHORT;
  }

  int bytes() {
    return bytes;
  }

  int bits() {
    return bytes * Byte.SIZE;
  }

  /** How many different numbers a code can carry. */
  int arguments() {
    return 1 << (bits() - MEANING_BITS);
  }

  abstract int read(MemorySegment memory, long offset);

  abstract void write(MemorySegment memory, long offset, int code);
}
