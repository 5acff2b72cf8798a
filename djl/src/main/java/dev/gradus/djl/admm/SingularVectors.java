package dev.gradus.djl.admm;

/**
 * Singular values and vectors of the activations of some examples, from the eigenvectors of the
 * smaller of A Aᵀ and Aᵀ A.
 */
final class SingularVectors {
  private final float[][] examples;
  private final boolean fewExamples;
  private final Eigenvectors eigenvectors;

  /**
   * Takes activations apart.
   *
   * @param examples an example a row, at least one
   */
  SingularVectors(float[][] examples) {
    this.examples = examples;
    fewExamples = examples.length <= width();
    eigenvectors = new Eigenvectors(products());
  }

  /** How many there are. */
  int count() {
    return Math.min(examples.length, width());
  }

  /** The singular value; the first is the largest. */
  double value(int number) {
    return Math.sqrt(Math.max(0, eigenvectors.value(number)));
  }

  /** How much of it each example has, of length 1; meaningless where the value is 0. */
  double[] left(int number) {
    var vector = eigenvectors.vector(number);
    return fewExamples ? vector : divided(times(vector), value(number));
  }

  /** How much of it each activation has, of length 1; meaningless where the value is 0. */
  double[] right(int number) {
    var vector = eigenvectors.vector(number);
    return fewExamples ? divided(timesTransposed(vector), value(number)) : vector;
  }

  private int width() {
    return examples[0].length;
  }

  private double[][] products() {
    int size = fewExamples ? examples.length : width();
    var products = new double[size][size];
    if (fewExamples) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          products[i][j] = product(examples[i], examples[j]);
          products[j][i] = products[i][j];
        }
      }
    } else {
      for (float[] example : examples) {
        add(example, products);
      }
    }
    return products;
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private static void add(float[] example, double[][] products) {
    for (int i = 0; i < example.length; i++) {
      if (example[i] != 0) {
        for (int j = 0; j < example.length; j++) {
          products[i][j] += (double) example[i] * example[j];
        }
      }
    }
  }

  private double[] times(double[] vector) {
    var sums = new double[examples.length];
    for (int i = 0; i < examples.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        sums[i] += examples[i][j] * vector[j];
      }
    }
    return sums;
  }

  private double[] timesTransposed(double[] vector) {
    var sums = new double[width()];
    for (int i = 0; i < examples.length; i++) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += examples[i][j] * vector[i];
      }
    }
    return sums;
  }

  private static double[] divided(double[] vector, double divisor) {
    for (int i = 0; i < vector.length && divisor > 0; i++) {
      vector[i] /= divisor;
    }
    return vector;
  }
}
