package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The largest eigenvalue of symmetric matrices without negative entries. */
final class Spectrum {
  private static final int ITERATIONS = 20;
  private static final double TINY = 1e-12;

  private Spectrum() {}

  /**
   * A bound from above that closes in on it: for any positive vector v the largest quotient of
   * (matrix × v) ÷ v, entry by entry, by Collatz and Wielandt.
   */
  static double largest(NDArray matrix) {
    var vector = matrix.getManager().ones(new Shape(matrix.size(0), 1));
    for (int i = 0; i < ITERATIONS; i++) {
      var next = matrix.matMul(vector).add(TINY);
      vector = next.div(next.max());
    }
    return Math.max(matrix.matMul(vector).div(vector).max().getFloat(), TINY);
  }
}
