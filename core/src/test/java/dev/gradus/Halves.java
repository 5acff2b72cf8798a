package dev.gradus;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/** Numbers of 16 bits: the upper halves of floats. */
public final class Halves {
  private Halves() {}

  /** The nearest number of 16 bits that is not farther from 0. */
  public static float cut(float value) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xFFFF_0000);
  }

  /** The next one, farther from 0. */
  public static float next(float cut) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(cut) + 0x1_0000);
  }

  public static void write(MemorySegment memory, float... values) {
    for (int i = 0; i < values.length; i++) {
      memory.setAtIndex(JAVA_SHORT, i, (short) (Float.floatToRawIntBits(values[i]) >>> 16));
    }
  }

  public static double[] read(MemorySegment memory) {
    var values = new double[(int) (memory.byteSize() / Short.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(memory.getAtIndex(JAVA_SHORT, i) << 16);
    }
    return values;
  }
}
