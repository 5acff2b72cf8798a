package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops over floats in memory. */
public final class FloatArrays {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

  private FloatArrays() {}

  /**
   * Divides every value.
   *
   * @param values floats, changed
   * @param divisor what they are divided by
   */
  public static void divide(MemorySegment values, float divisor) {
    long count = values.byteSize() / Float.BYTES;
    long whole = count - count % SPECIES.length();
    for (long i = 0; i < whole; i += SPECIES.length()) {
      load(values, i).div(divisor).intoMemorySegment(values, i * Float.BYTES, ORDER);
    }
    for (long i = whole; i < count; i++) {
      values.setAtIndex(FLOAT, i, values.getAtIndex(FLOAT, i) / divisor);
    }
  }

  /**
   * Whether every value is finite.
   *
   * @param values floats
   * @return false if one is infinite or no number
   */
  public static boolean finite(MemorySegment values) {
    long count = values.byteSize() / Float.BYTES;
    long whole = count - count % SPECIES.length();
    var zeros = FloatVector.zero(SPECIES);
    for (long i = 0; i < whole; i += SPECIES.length()) {
      zeros = zeros.add(load(values, i).mul(0));
    }
    float zero = zeros.reduceLanes(VectorOperators.ADD);
    for (long i = whole; i < count; i++) {
      float value = values.getAtIndex(FLOAT, i);
      zero += value * 0;
    }
    return zero == 0;
  }

  private static FloatVector load(MemorySegment values, long index) {
    return FloatVector.fromMemorySegment(SPECIES, values, index * Float.BYTES, ORDER);
  }
}
