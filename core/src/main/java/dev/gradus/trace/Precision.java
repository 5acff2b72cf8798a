package dev.gradus.trace;

import dev.gradus.OptimizerBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** In which precision, and so by which engine, a trace is replayed. */
public enum Precision {
  /** Double precision, by the reference engine: the equations as they stand. */
  DOUBLE {
    @Override
    OptimizerBuilder choose(OptimizerBuilder builder) {
      return builder.reference();
    }

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
  /** Single precision, by the native engine: the loops that training runs. */
  SINGLE {
    @Override
    OptimizerBuilder choose(OptimizerBuilder builder) {
      return builder;
    }

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

  /** Chooses the engine. */
  abstract OptimizerBuilder choose(OptimizerBuilder builder);

  /** Memory for some numbers. */
  abstract MemorySegment allocate(Arena arena, long count);

  /** Writes a number, rounded to this precision. */
  abstract void write(MemorySegment to, int index, double value);

  /** Reads a number. */
  abstract double read(MemorySegment from, int index);
}
