package dev.gradus.engine;

/**
 * Stochastic rounding to 16 bits: of the two neighbours of a value the farther from 0 is taken with
 * the probability that makes the mean exact. What is drawn is a hash of a key and the weight's
 * position, so neither threads nor the order of work make a difference, and a resumed run draws
 * what the undisturbed one would have.
 *
 * <p>Values of 16 bits stay as they are, infinities and not-a-number too. A finite value beyond the
 * largest of 16 bits may become infinite.
 */
final class Rounding {
  /** Two odd factors whose products spread over all bits; those of the hash lowbias32. */
  static final int STRIDE = 0x7feb352d;

  static final int FACTOR = 0x846ca68b;
  static final int FOLDED = 15;

  /** How many bits are rounded away. */
  static final int DROPPED = 16;

  /** Any bits but this one are those of a finite float. */
  private static final int LARGEST_EXPONENT_BIT = 0x4000_0000;

  private Rounding() {}

  /**
   * What a tensor draws from in a step: 31 bits in the guise of a finite number, which they stay
   * when scalars are converted.
   */
  static double key(String tensor, long step) {
    long mixed = mixed(mixed(step) + tensor.hashCode());
    return Float.intBitsToFloat((int) mixed & ~LARGEST_EXPONENT_BIT);
  }

  /** SplitMix64's. */
  private static long mixed(long value) {
    long x = value + 0x9E3779B97F4A7C15L;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  /** A float whose upper half is the rounded value. */
  static float round(float value, float key, long position) {
    int bits = Float.floatToRawIntBits(value) + drawn(key, (int) position);
    return Float.isNaN(value) ? Float.NaN : Float.intBitsToFloat(bits);
  }

  /** A whole number below 2¹⁶. */
  private static int drawn(float key, int position) {
    int x = Float.floatToRawIntBits(key) + position * STRIDE;
    return ((x ^ (x >>> FOLDED)) * FACTOR) >>> DROPPED;
  }

  static float widened(short half) {
    return Float.intBitsToFloat(half << DROPPED);
  }

  static short upperHalf(float value) {
    return (short) (Float.floatToRawIntBits(value) >>> DROPPED);
  }
}
