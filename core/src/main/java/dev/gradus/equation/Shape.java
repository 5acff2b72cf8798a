package dev.gradus.equation;

import java.util.Arrays;
import java.util.List;

/**
 * The shape of a tensor, row-major, its first dimension being the output unit: (out, in) for a
 * dense layer, (out, in, height, width) for a convolution.
 *
 * @param dimensions the sizes, each at least 1; empty for a single number
 */
public record Shape(List<Long> dimensions) {
  /** Copies the sizes and refuses one below 1 or a product beyond 64 bits. */
  public Shape {
    dimensions = List.copyOf(dimensions);
    long size = 1;
    for (long dimension : dimensions) {
      if (dimension < 1) {
        throw new IllegalArgumentException("A dimension of shape " + dimensions + " is below 1.");
      }
      if (size > Long.MAX_VALUE / dimension) {
        throw new IllegalArgumentException("Shape " + dimensions + " has too many weights.");
      }
      size *= dimension;
    }
  }

  /**
   * A shape from its sizes.
   *
   * @param dimensions the sizes
   * @return the shape
   */
  public static Shape of(long... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /**
   * The number of dimensions.
   *
   * @return 0 for a single number, 1 for a vector, 2 for a matrix
   */
  public int rank() {
    return dimensions.size();
  }

  /**
   * The number of rows: the first dimension, or 1 for a tensor of rank 0 or 1, which is one row.
   *
   * @return at least 1
   */
  public long rows() {
    return rank() <= 1 ? 1 : dimensions.getFirst();
  }

  /**
   * The length of a row.
   *
   * @return size ÷ rows
   */
  public long columns() {
    return size() / rows();
  }

  /**
   * The number of weights.
   *
   * @return the product of the dimensions
   */
  public long size() {
    long size = 1;
    for (int i = 0; i < dimensions.size(); i++) {
      size *= dimensions.get(i); // without an iterator, since engines ask in every step
    }
    return size;
  }

  /**
   * How many numbers a value of a level needs for a tensor of this shape.
   *
   * @param level any level
   * @return the size for ELEMENT, the rows for ROW, 1 for the others
   */
  public long count(Level level) {
    return switch (level) {
      case ELEMENT -> size();
      case ROW -> rows();
      case TENSOR, MODEL, STEP -> 1;
    };
  }
}
