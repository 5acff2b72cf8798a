package dev.gradus.djl.admm;

import java.util.Arrays;

/**
 * The nearest point whose coordinates are 0 or more and add up to 1.
 *
 * <p>Reference: Duchi et al., Efficient Projections onto the ℓ1-Ball for Learning in High
 * Dimensions, ICML 2008.
 */
final class SimplexProjection {
  private SimplexProjection() {}

  static float[] apply(float[] point) {
    double excess = excess(point);
    var nearest = new float[point.length];
    for (int i = 0; i < point.length; i++) {
      nearest[i] = (float) Math.max(0, point[i] - excess);
    }
    return nearest;
  }

  /** What each coordinate that stays above 0 loses. */
  private static double excess(float[] point) {
    var rising = point.clone();
    Arrays.sort(rising);
    double sum = 0;
    double excess = 0;
    for (int taken = 1; taken <= rising.length; taken++) {
      double value = rising[rising.length - taken];
      sum += value;
      double shared = (sum - 1) / taken;
      excess = value > shared ? shared : excess;
    }
    return excess;
  }
}
