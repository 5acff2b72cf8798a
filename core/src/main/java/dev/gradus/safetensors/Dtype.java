package dev.gradus.safetensors;

import java.util.List;

/**
 * The kinds of elements that a tensor can have; the constants' names are those of the file format.
 */
public enum Dtype {
  /** Truth values, one byte each: 0 or 1. */
  BOOL(8),
  /** Floats of 4 bits, two in a byte. */
  F4(4),
  /** Floats of 6 bits with 2 bits of exponent, packed. */
  F6_E2M3(6),
  /** Floats of 6 bits with 3 bits of exponent, packed. */
  F6_E3M2(6),
  /** Unsigned integers of 8 bits. */
  U8(8),
  /** Signed integers of 8 bits. */
  I8(8),
  /** Floats of 8 bits with 5 bits of exponent. */
  F8_E5M2(8),
  /** Floats of 8 bits with 4 bits of exponent. */
  F8_E4M3(8),
  /** Powers of two of 8 bits, used as scales. */
  F8_E8M0(8),
  /** Floats of 8 bits with 4 bits of exponent and no negative zero. */
  F8_E4M3FNUZ(8),
  /** Floats of 8 bits with 5 bits of exponent and no negative zero. */
  F8_E5M2FNUZ(8),
  /** Signed integers of 16 bits. */
  I16(16),
  /** Unsigned integers of 16 bits. */
  U16(16),
  /** IEEE 754 floats of 16 bits. */
  F16(16),
  /** The upper 16 bits of IEEE 754 floats of 32 bits. */
  BF16(16),
  /** Signed integers of 32 bits. */
  I32(32),
  /** Unsigned integers of 32 bits. */
  U32(32),
  /** IEEE 754 floats of 32 bits. */
  F32(32),
  /** Complex numbers, two {@link #F32} each. */
  C64(64),
  /** IEEE 754 floats of 64 bits. */
  F64(64),
  /** Signed integers of 64 bits. */
  I64(64),
  /** Unsigned integers of 64 bits. */
  U64(64);

  /** The largest number of dimensions that a tensor may have. */
  public static final int LARGEST_RANK = 64;

  private final int bits;

  Dtype(int bits) {
    this.bits = bits;
  }

  /**
   * Returns the size of one element.
   *
   * @return bits, 4 to 64
   */
  public int bits() {
    return bits;
  }

  /**
   * Returns the size of a tensor of this kind.
   *
   * @param shape the dimensions, none negative; an empty list is a scalar
   * @return bytes, 0 if a dimension is 0
   * @throws IllegalArgumentException if a dimension is negative, there are more than {@link
   *     #LARGEST_RANK}, the size reaches 2<sup>63</sup> bits, or it is not a whole number of bytes
   */
  public long byteSize(List<Long> shape) {
    if (shape.size() > LARGEST_RANK) {
      throw new IllegalArgumentException(
          "a shape of " + shape.size() + " dimensions, more than the limit of " + LARGEST_RANK);
    }
    long size = bitSize(shape);
    if (size % Byte.SIZE != 0) {
      throw new IllegalArgumentException(described(shape) + " that does not fill whole bytes");
    }
    return size / Byte.SIZE;
  }

  private long bitSize(List<Long> shape) {
    long size = bits;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(described(shape) + " with a negative dimension");
      }
      try {
        size = Math.multiplyExact(size, dimension);
      } catch (ArithmeticException overflow) {
        throw new IllegalArgumentException(
            described(shape) + " that is too large for any machine", overflow);
      }
    }
    return size;
  }

  private String described(List<Long> shape) {
    return "the shape " + shape + " of " + name();
  }
}
