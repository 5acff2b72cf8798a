package dev.gradus.compress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Little-endian numbers in memory that need not be aligned. */
final class Floats {
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);
  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);

  private Floats() {}

  static float get(MemorySegment memory, long index) {
    return memory.getAtIndex(FLOAT, index);
  }

  static void set(MemorySegment memory, long index, float value) {
    memory.setAtIndex(FLOAT, index, value);
  }

  static void add(MemorySegment memory, long index, float value) {
    set(memory, index, get(memory, index) + value);
  }
}
