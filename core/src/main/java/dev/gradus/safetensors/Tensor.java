package dev.gradus.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A named array of numbers and where they lie in memory. Nothing is copied: the segment is the one
 * given.
 *
 * @param name any text of whole Unicode characters but {@value #RESERVED_NAME}
 * @param dtype the kind of its elements
 * @param shape dimensions, the slowest first; an empty list is a scalar, a dimension of 0 an empty
 *     tensor
 * @param data the elements in row-major order, packed, little-endian, on the heap or outside
 */
public record Tensor(String name, Dtype dtype, List<Long> shape, MemorySegment data) {
  /** The one name that a tensor cannot have, because a file keeps its metadata there. */
  public static final String RESERVED_NAME = "__metadata__";

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Names an array.
   *
   * @throws IllegalArgumentException if the name is reserved, the shape is not possible ({@link
   *     Dtype#byteSize}) or the data has another size than dtype and shape give
   */
  public Tensor {
    if (name.equals(RESERVED_NAME)) {
      throw new IllegalArgumentException(
          "A tensor cannot be named " + RESERVED_NAME + "; choose another name.");
    }
    shape = List.copyOf(shape);
    long expected = dtype.byteSize(shape);
    if (data.byteSize() != expected) {
      throw new IllegalArgumentException(
          "Tensor %s has %s bytes of data, but its shape %s of %s needs %s."
              .formatted(Quoted.text(name), data.byteSize(), shape, dtype, expected));
    }
  }

  /**
   * Makes a tensor of kind {@link Dtype#F32} from a copy of an array.
   *
   * @param name the name
   * @param shape the dimensions, whose product is the array's length
   * @param values the elements in row-major order
   * @return the tensor, on the heap
   * @throws IllegalArgumentException as the constructor does
   */
  public static Tensor of(String name, List<Long> shape, float... values) {
    var data = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, Float.BYTES)]);
    MemorySegment.copy(values, 0, data, FLOAT, 0, values.length);
    return new Tensor(name, Dtype.F32, shape, data);
  }

  /**
   * Makes a tensor of kind {@link Dtype#F64} from a copy of an array.
   *
   * @param name the name
   * @param shape the dimensions, whose product is the array's length
   * @param values the elements in row-major order
   * @return the tensor, on the heap
   * @throws IllegalArgumentException as the constructor does
   */
  public static Tensor of(String name, List<Long> shape, double... values) {
    var data = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, Double.BYTES)]);
    MemorySegment.copy(values, 0, data, DOUBLE, 0, values.length);
    return new Tensor(name, Dtype.F64, shape, data);
  }

  /**
   * The same numbers as {@link Dtype#F32}: those of {@link Dtype#F16} and {@link Dtype#BF16}
   * exactly, those of {@link Dtype#F64}, {@link Dtype#I32} and {@link Dtype#I64} rounded to the
   * nearest.
   *
   * @return this tensor if it is of F32 already, otherwise a copy on the heap
   * @throws IllegalStateException if it is of another kind
   * @throws ArithmeticException if the copy would reach 2 GiB
   */
  public Tensor inSinglePrecision() {
    if (dtype == Dtype.F32) {
      return this;
    }
    var numbers = SinglePrecision.of(dtype);
    int count = Math.toIntExact(Dtype.F32.byteSize(shape) / Float.BYTES);
    var copy = MemorySegment.ofArray(new byte[Math.multiplyExact(count, Float.BYTES)]);
    for (long index = 0; index < count; index++) {
      copy.setAtIndex(FLOAT, index, numbers.at(data, index));
    }
    return new Tensor(name, Dtype.F32, shape, copy);
  }

  /**
   * Copies the elements of a tensor of kind {@link Dtype#F32} to an array.
   *
   * @return the elements in row-major order
   * @throws IllegalStateException if the tensor is of another kind or too large for an array
   */
  public float[] floats() {
    require(Dtype.F32);
    return data.toArray(FLOAT);
  }

  /**
   * Copies the elements of a tensor of kind {@link Dtype#F64} to an array.
   *
   * @return the elements in row-major order
   * @throws IllegalStateException if the tensor is of another kind or too large for an array
   */
  public double[] doubles() {
    require(Dtype.F64);
    return data.toArray(DOUBLE);
  }

  /**
   * Returns the name as it can be shown in a sentence whoever wrote the file: in quotes, cut when
   * it is long, and without characters that control a terminal.
   *
   * @return the name for people
   */
  public String shownName() {
    return Quoted.text(name);
  }

  private void require(Dtype wanted) {
    if (dtype != wanted) {
      throw new IllegalStateException(
          "Tensor %s is of %s, not of %s.".formatted(Quoted.text(name), dtype, wanted));
    }
  }
}
