package dev.gradus.engine;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What generated loops refer to. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Lanes() {}

  /** The sum of the lanes in order, in double; a vector's own reduction has no fixed order. */
  static double sum(FloatVector lanes, float[] scratch) {
    lanes.intoArray(scratch, 0);
    double sum = 0;
    for (int i = 0; i < SPECIES.length(); i++) {
      sum += scratch[i];
    }
    return sum;
  }

  static double largest(FloatVector lanes, float[] scratch) {
    lanes.intoArray(scratch, 0);
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < SPECIES.length(); i++) {
      largest = Math.max(largest, scratch[i]);
    }
    return largest;
  }
}
