package dev.gradus.djl.array;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Single numbers as arrays without dimensions, one for each operand that an operation can have. An
 * operation reads them when it is called, so the same few serve all; on the CPU, because every
 * device takes single numbers from there.
 */
final class Cells {
  private static final int MOST_OPERANDS = 3;
  private static final long APART = 64;

  private final DataType type;
  private final List<MemorySegment> memory;
  private final List<NDArray> arrays;

  Cells(Arena arena, NDManager manager, DataType type) {
    this.type = type;
    memory =
        IntStream.range(0, MOST_OPERANDS)
            .mapToObj(operand -> arena.allocate(type.getNumOfBytes(), APART))
            .toList();
    arrays =
        memory.stream().map(cell -> WrappedMemory.over(cell, new Shape(), type, manager)).toList();
  }

  /** An array that holds a number until the next is asked for the same operand. */
  NDArray hold(int operand, double number) {
    if (type == DataType.FLOAT64) {
      memory.get(operand).set(JAVA_DOUBLE, 0, number);
    } else {
      memory.get(operand).set(JAVA_FLOAT, 0, (float) number);
    }
    return arrays.get(operand);
  }
}
