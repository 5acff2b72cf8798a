package dev.gradus.djl.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gradus.equation.Combine;
import java.util.Arrays;

/** Folds of a matrix, computed where it lies. */
final class Reductions {
  private static final int[] ALONG_ROWS = {1};

  /** Smaller sums may lack squares that vanished. */
  private static final double SMALL = 0x1p-64;

  private Reductions() {}

  /** One number, or one for every row. A sum beyond single precision is added up in double. */
  static double[] fold(Combine combine, NDArray matrix, boolean byRow) {
    if (combine == Combine.MAXIMUM) {
      return numbers(byRow ? matrix.max(ALONG_ROWS, false) : matrix.max());
    }
    double[] sums = numbers(sum(matrix, byRow));
    if (matrix.getDataType() == DataType.FLOAT64
        || Arrays.stream(sums).allMatch(Double::isFinite)) {
      return sums;
    }
    try (NDArray wide = matrix.toType(DataType.FLOAT64, true)) {
      return numbers(sum(wide, byRow));
    }
  }

  /** Sums of squares, in double if squares may have vanished; one beyond its type is infinite. */
  static double[] sumOfSquares(NDArray matrix, boolean byRow) {
    double[] sums = squares(matrix, byRow);
    if (matrix.getDataType() == DataType.FLOAT64
        || Arrays.stream(sums).noneMatch(sum -> sum < SMALL)) {
      return sums;
    }
    try (NDArray wide = matrix.toType(DataType.FLOAT64, true)) {
      return squares(wide, byRow);
    }
  }

  private static double[] squares(NDArray matrix, boolean byRow) {
    try (NDArray squares = matrix.square()) {
      return fold(Combine.SUM, squares, byRow);
    }
  }

  private static NDArray sum(NDArray matrix, boolean byRow) {
    return byRow ? matrix.sum(ALONG_ROWS, false) : matrix.sum();
  }

  private static double[] numbers(NDArray array) {
    try (array) {
      if (array.getDataType() == DataType.FLOAT64) {
        return array.toDoubleArray();
      }
      float[] single = array.toFloatArray();
      var numbers = new double[single.length];
      Arrays.setAll(numbers, i -> single[i]);
      return numbers;
    }
  }
}
