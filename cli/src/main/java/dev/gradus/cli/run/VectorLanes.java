package dev.gradus.cli.run;

import jdk.incubator.vector.FloatVector;

/** The width of this JVM's vectors. */
public final class VectorLanes {
  private VectorLanes() {}

  /**
   * How many floats a vector instruction takes.
   *
   * @return a power of two; 1 if the JVM was started without the vector module
   */
  public static int current() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? FloatVector.SPECIES_PREFERRED.length()
        : 1;
  }
}
