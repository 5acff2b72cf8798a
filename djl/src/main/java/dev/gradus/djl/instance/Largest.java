package dev.gradus.djl.instance;

/** The size of the largest inner product of a batch. */
final class Largest {
  private Largest() {}

  /** 0 if none is finite; one that is not says nothing. */
  static double of(double[] products) {
    double largest = 0;
    for (double product : products) {
      largest = Double.isFinite(product) ? Math.max(largest, Math.abs(product)) : largest;
    }
    return largest;
  }
}
