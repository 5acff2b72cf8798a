package dev.gradus.djl.data;

/**
 * Random bits as a pure function of a few numbers: the same on every machine, for ever.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood 2014). With the constant {@code G =
 * 0x9E3779B97F4A7C15} and the mixing function
 *
 * <pre>
 *   mix(z):  z = (z ^ z&gt;&gt;&gt;30) * 0xBF58476D1CE4E5B9
 *            z = (z ^ z&gt;&gt;&gt;27) * 0x94D049BB133111EB
 *            z ^ z&gt;&gt;&gt;31
 * </pre>
 *
 * <p>the state starts as {@code key = mix(seed + G)}, then {@code key = mix((key ^ coordinate) +
 * G)} for each coordinate in turn; every draw adds G to the state and returns {@code mix(state)}.
 *
 * <p>Not thread-safe: every use makes its own. Not for secrets.
 */
public final class SplitMix64 {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private SplitMix64(long state) {
    this.state = state;
  }

  /**
   * The stream of bits that belongs to a seed and a place.
   *
   * @param seed the run's seed
   * @param coordinates what the bits are for, such as (epoch, index); streams of different places
   *     are unrelated
   * @return a fresh stream at its beginning
   */
  public static SplitMix64 at(long seed, long... coordinates) {
    long key = mix(seed + GOLDEN);
    for (long coordinate : coordinates) {
      key = mix((key ^ coordinate) + GOLDEN);
    }
    return new SplitMix64(key);
  }

  /**
   * The next 64 bits.
   *
   * @return any long
   */
  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * The next whole number below a bound: the high half of the 128-bit product of the next 64 bits
   * and the bound, so no draw is thrown away and the bias is below {@code bound / 2^64}.
   *
   * @param bound 1 or more
   * @return from 0 to bound - 1
   */
  public int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(next(), bound);
  }

  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
