package dev.gradus.trace;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** The precision of weights and gradients in a replay. */
public enum Precision {
  /** Double precision. */
  DOUBLE {
    @Override
    MemorySegment allocate(Arena arena, long count) {
      return arena.allocate(ValueLayout.JAVA_DOUBLE, count);
    }

    @Override
    void write(MemorySegment to, int index, double value) {
      to.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
    }

    @Override
    double read(MemorySegment from, int index) {
      return from.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
    }
  },
  /** Single precision. */
  SINGLE {
    @Override
    MemorySegment allocate(Arena arena, long count) {
      return arena.allocate(ValueLayout.JAVA_FLOAT, count);
    }

    @Override
    void write(MemorySegment to, int index, double value) {
      to.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
    }

    @Override
    double read(MemorySegment from, int index) {
      return from.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }
  };

  /**
   * The precision in a word.
   *
   * @return {@code double} or {@code single}
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Memory for some numbers. */
  abstract MemorySegment allocate(Arena arena, long count);

  /** Writes a number, rounded to this precision. */
  abstract void write(MemorySegment to, int index, double value);

  /** Reads a number. */
  abstract double read(MemorySegment from, int index);
}
