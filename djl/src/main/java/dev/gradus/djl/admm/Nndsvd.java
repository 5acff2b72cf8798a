package dev.gradus.djl.admm;

/**
 * Non-negative double singular value decomposition: the first factor is the leading singular
 * vector, which has one sign; of each further pair of singular vectors the positive or the negative
 * parts are taken, whichever stand for more.
 *
 * <p>Reference: Boutsidis and Gallopoulos, SVD Based Initialization: A Head Start for Nonnegative
 * Matrix Factorization, Pattern Recognition 41, 2008.
 */
final class Nndsvd {
  /** A smaller share of the largest singular value is rounding. */
  private static final double ROUNDING = 1e-6;

  private Nndsvd() {}

  /** The rows of the dictionary; those beyond the rank of the activations are 0. */
  static float[][] rows(float[][] examples, int rank) {
    var vectors = new SingularVectors(examples);
    var rows = new float[rank][examples[0].length];
    for (int number = 0; number < Math.min(rank, vectors.count()); number++) {
      if (vectors.value(number) > ROUNDING * vectors.value(0)) {
        fill(rows[number], number, vectors);
      }
    }
    return rows;
  }

  private static void fill(float[] row, int number, SingularVectors vectors) {
    var left = vectors.left(number);
    var right = vectors.right(number);
    double positive = length(left, 1) * length(right, 1);
    double negative = length(left, -1) * length(right, -1);
    int sign = positive >= negative ? 1 : -1;
    double scale =
        Math.sqrt(vectors.value(number) * Math.max(positive, negative)) / length(right, sign);
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (scale * Math.max(0, sign * right[i]));
    }
  }

  /** The length of what has a sign. */
  private static double length(double[] vector, int sign) {
    double squares = 0;
    for (double entry : vector) {
      double part = Math.max(0, sign * entry);
      squares += part * part;
    }
    return Math.sqrt(squares);
  }
}
