package dev.gradus.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What generated loops refer to. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.length() * Short.SIZE));
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Lanes() {}

  /** Reads fewer floats than a vector has lanes into an array. */
  static void loadFirst(MemorySegment from, long offset, int count, float[] to, int at) {
    var mask = SPECIES.indexInRange(0, count);
    FloatVector.fromMemorySegment(SPECIES, from, offset, ORDER, mask).intoArray(to, at);
  }

  /** Writes fewer floats than a vector has lanes from an array. */
  static void storeFirst(MemorySegment to, long offset, int count, float[] from, int at) {
    var mask = SPECIES.indexInRange(0, count);
    FloatVector.fromArray(SPECIES, from, at).intoMemorySegment(to, offset, ORDER, mask);
  }

  /** Reads fewer numbers of 16 bits than a vector has lanes into an array of floats. */
  static void widenFirst(MemorySegment from, long offset, int count, float[] to, int at) {
    var mask = SHORTS.indexInRange(0, count);
    ((IntVector)
            ShortVector.fromMemorySegment(SHORTS, from, offset, ORDER, mask)
                .convertShape(VectorOperators.S2I, INTS, 0))
        .lanewise(VectorOperators.LSHL, Rounding.DROPPED)
        .reinterpretAsFloats()
        .intoArray(to, at);
  }

  /** Writes the upper halves of fewer floats than a vector has lanes from an array. */
  static void narrowFirst(MemorySegment to, long offset, int count, float[] from, int at) {
    var mask = SHORTS.indexInRange(0, count);
    ((ShortVector)
            FloatVector.fromArray(SPECIES, from, at)
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHR, Rounding.DROPPED)
                .convertShape(VectorOperators.I2S, SHORTS, 0))
        .intoMemorySegment(to, offset, ORDER, mask);
  }

  /**
   * The sum of a vector's lanes in double. The order is fixed, unlike that of a vector's own
   * reduction; four sums side by side don't wait for each other.
   */
  static double sum(float[] lanes, int first) {
    var sums = four(lanes, first);
    for (int i = first + 4; i < first + SPECIES.length(); i += 4) {
      sums = sums.add(four(lanes, i));
    }
    return (sums.lane(0) + sums.lane(1)) + (sums.lane(2) + sums.lane(3));
  }

  private static DoubleVector four(float[] lanes, int first) {
    return (DoubleVector)
        FloatVector.fromArray(FloatVector.SPECIES_128, lanes, first)
            .convertShape(VectorOperators.F2D, DoubleVector.SPECIES_256, 0);
  }

  static double largest(float[] lanes, int first) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = first; i < first + SPECIES.length(); i++) {
      largest = Math.max(largest, lanes[i]);
    }
    return largest;
  }
}
