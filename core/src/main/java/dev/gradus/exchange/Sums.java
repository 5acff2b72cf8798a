package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Adds floats in memory, little-endian. */
final class Sums {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Sums() {}

  /** Writes the sums of two blocks of as many floats; the result may be one of them. */
  static void add(MemorySegment left, MemorySegment right, MemorySegment sum) {
    long step = SPECIES.vectorByteSize();
    long whole = sum.byteSize() - sum.byteSize() % step;
    for (long at = 0; at < whole; at += step) {
      load(left, at).add(load(right, at)).intoMemorySegment(sum, at, ORDER);
    }
    for (long at = whole; at < sum.byteSize(); at += Float.BYTES) {
      sum.set(FLOAT, at, left.get(FLOAT, at) + right.get(FLOAT, at));
    }
  }

  private static FloatVector load(MemorySegment memory, long at) {
    return FloatVector.fromMemorySegment(SPECIES, memory, at, ORDER);
  }
}
