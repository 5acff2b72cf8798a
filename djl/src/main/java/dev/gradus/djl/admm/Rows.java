package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The values of some examples in Java's memory, one example after the other. */
final class Rows {
  private final NDManager manager;
  private final Shape shape;
  private final float[] values;

  private Rows(NDManager manager, Shape shape, float[] values) {
    this.manager = manager;
    this.shape = shape;
    this.values = values;
  }

  static Rows of(NDArray array) {
    return new Rows(array.getManager(), array.getShape(), array.toFloatArray());
  }

  int count() {
    return (int) shape.get(0);
  }

  int length() {
    return values.length / count();
  }

  float[] row(int number) {
    return Arrays.copyOfRange(values, number * length(), (number + 1) * length());
  }

  float[][] rows() {
    var rows = new float[count()][];
    Arrays.setAll(rows, this::row);
    return rows;
  }

  void row(int number, float[] row) {
    System.arraycopy(row, 0, values, number * length(), length());
  }

  /** As an array beside another. */
  NDArray in(NDArray other) {
    return other.getManager().create(values, shape);
  }

  NDArray array() {
    return manager.create(values, shape);
  }

  /** With each row replaced. */
  NDArray changed(UnaryOperator<float[]> change) {
    for (int number = 0; number < count(); number++) {
      row(number, change.apply(row(number)));
    }
    return array();
  }
}
