package dev.gradus.djl.data;

/**
 * With which others each class is confused: for each, shares of the other classes that are drawn
 * uniformly from all that add up to 1, as exponential numbers divided by their sum.
 */
final class Confusion {
  private static final long SALT = 0x636f6e667573L;
  private static final int DROPPED_BITS = 11;
  private static final double FROM_53_BITS = 0x1p-53;

  private final double[][] sums;

  Confusion(int classes, long seed) {
    sums = new double[classes][classes - 1];
    for (int own = 0; own < classes; own++) {
      draw(sums[own], SplitMix64.at(seed, SALT, own));
    }
  }

  private static void draw(double[] sums, SplitMix64 bits) {
    double sum = 0;
    for (int place = 0; place < sums.length; place++) {
      double uniform = (bits.next() >>> DROPPED_BITS) * FROM_53_BITS;
      sum -= StrictMath.log1p(-uniform);
      sums[place] = sum;
    }
    for (int place = 0; place < sums.length; place++) {
      sums[place] /= sum;
    }
  }

  /** By how many a class is passed over, from 1, for a number from 0 to below 1. */
  int further(int own, double uniform) {
    int place = 0;
    while (place < sums[own].length - 1 && uniform >= sums[own][place]) {
      place++;
    }
    return place + 1;
  }
}
