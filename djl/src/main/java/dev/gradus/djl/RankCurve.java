package dev.gradus.djl;

import java.util.Arrays;

/**
 * The area under a ROC curve: how often a positive example has a higher score than a negative one,
 * equal scores counting one half.
 */
public final class RankCurve {
  private final long[] keys;
  private int size;
  private long positives;

  /**
   * An empty curve.
   *
   * @param capacity the most examples that will be added
   */
  public RankCurve(int capacity) {
    keys = new long[capacity];
  }

  /**
   * Adds an example.
   *
   * @param score any number
   * @param positive what it is
   */
  public void add(float score, boolean positive) {
    keys[size++] = ((long) ordered(score) << 1) | (positive ? 1 : 0);
    positives += positive ? 1 : 0;
  }

  /**
   * The area.
   *
   * @return from 0 to 1; NaN without a positive or without a negative example
   */
  public double area() {
    Arrays.sort(keys, 0, size);
    double ranks = 0;
    for (int from = 0; from < size; ) {
      int to = endOfTie(from);
      ranks += positives(from, to) * (from + 1 + to) / 2.0;
      from = to;
    }
    long negatives = size - positives;
    return (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  private int endOfTie(int from) {
    int to = from + 1;
    while (to < size && keys[to] >> 1 == keys[from] >> 1) {
      to++;
    }
    return to;
  }

  private long positives(int from, int to) {
    return Arrays.stream(keys, from, to).map(key -> key & 1).sum();
  }

  /** An int that is ordered as the floats are. */
  private static int ordered(float score) {
    int bits = Float.floatToIntBits(score + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}
