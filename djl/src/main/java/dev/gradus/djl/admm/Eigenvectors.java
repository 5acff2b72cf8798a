package dev.gradus.djl.admm;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations: pairs of rows and
 * columns are turned so that what they share becomes 0, until nothing is left beside the diagonal.
 */
final class Eigenvectors {
  private static final int MOST_SWEEPS = 60;

  /** What is left beside the diagonal, as a share of the length of the matrix. */
  private static final double LEFT = 1e-14;

  private final double[][] matrix;

  /** Eigenvectors as rows. */
  private final double[][] vectors;

  private final List<Integer> order;

  /**
   * Takes a matrix apart.
   *
   * @param symmetric is changed
   */
  Eigenvectors(double[][] symmetric) {
    matrix = symmetric;
    int size = matrix.length;
    vectors = new double[size][size];
    for (int i = 0; i < size; i++) {
      vectors[i][i] = 1;
    }
    double enough = LEFT * Math.sqrt(squares(true));
    for (int sweep = 0; sweep < MOST_SWEEPS && Math.sqrt(squares(false)) > enough; sweep++) {
      sweep();
    }
    order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -matrix[i][i]))
            .toList();
  }

  /** An eigenvalue; the first is the largest. */
  double value(int number) {
    int place = order.get(number);
    return matrix[place][place];
  }

  /** An eigenvector of length 1. */
  double[] vector(int number) {
    return vectors[order.get(number)];
  }

  private double squares(boolean diagonal) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        sum += i != j || diagonal ? matrix[i][j] * matrix[i][j] : 0;
      }
    }
    return sum;
  }

  private void sweep() {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = i + 1; j < matrix.length; j++) {
        if (matrix[i][j] != 0) {
          turn(i, j);
        }
      }
    }
  }

  private void turn(int i, int j) {
    double apart = (matrix[j][j] - matrix[i][i]) / (2 * matrix[i][j]);
    double tangent = Math.copySign(1, apart) / (Math.abs(apart) + Math.hypot(1, apart));
    double cosine = 1 / Math.hypot(1, tangent);
    double sine = tangent * cosine;
    for (double[] row : matrix) {
      double left = row[i];
      row[i] = cosine * left - sine * row[j];
      row[j] = sine * left + cosine * row[j];
    }
    turn(matrix[i], matrix[j], cosine, sine);
    turn(vectors[i], vectors[j], cosine, sine);
  }

  private static void turn(double[] one, double[] other, double cosine, double sine) {
    for (int k = 0; k < one.length; k++) {
      double left = one[k];
      one[k] = cosine * left - sine * other[k];
      other[k] = sine * left + cosine * other[k];
    }
  }
}
