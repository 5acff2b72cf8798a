package dev.gradus.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads single numbers of a tensor, whatever kind of number they are, as floats of 32 bits. */
@FunctionalInterface
interface SinglePrecision {
  /** The number at a position. */
  float at(MemorySegment data, long index);

  /** How a kind of number is read. */
  static SinglePrecision of(Dtype dtype) {
    var halves = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    var doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    var integers = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    var longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    return switch (dtype) {
      case F16 -> (data, index) -> Float.float16ToFloat(data.getAtIndex(halves, index));
      case BF16 ->
          (data, index) -> Float.intBitsToFloat(data.getAtIndex(halves, index) << Short.SIZE);
      case F64 -> (data, index) -> (float) data.getAtIndex(doubles, index);
      case I32 -> (data, index) -> (float) data.getAtIndex(integers, index);
      case I64 -> (data, index) -> (float) data.getAtIndex(longs, index);
      default -> throw new IllegalStateException("Numbers of " + dtype + " are not converted.");
    };
  }
}
