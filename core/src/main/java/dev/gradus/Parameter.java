package dev.gradus;

import dev.gradus.equation.Format;
import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * A tensor to be trained.
 *
 * @param name a unique name without a slash, which separates it from its states in checkpoints
 * @param shape its shape, row-major, the first dimension being the output unit
 * @param type what it is to its network
 * @param format how its weight and gradient lie in memory; an optimizer in double precision takes
 *     doubles whatever it is, and rounds new weights as the format asks
 */
public record Parameter(String name, Shape shape, ParameterType type, Format format) {
  /**
   * A tensor to be trained in single precision.
   *
   * @param name a unique name without a slash
   * @param shape its shape, row-major, the first dimension being the output unit
   * @param type what it is to its network
   */
  public Parameter(String name, Shape shape, ParameterType type) {
    this(name, shape, type, Format.FLOAT32);
  }

  /** Refuses a name that checkpoints can't hold. */
  public Parameter {
    if (name.isEmpty() || name.contains("/")) {
      throw new UserException(
          "A parameter can't be named '"
              + name
              + "', because checkpoints separate a parameter from its states by a slash; rename"
              + " it.");
    }
  }

  /**
   * The weight as a tensor of a checkpoint.
   *
   * @param weight the memory given to a native engine; not copied
   * @return {@link Dtype#F32} or {@link Dtype#BF16}
   * @throws IllegalArgumentException if the memory has another size than shape and format give
   */
  public Tensor tensor(MemorySegment weight) {
    Dtype dtype =
        switch (format) {
          case FLOAT32 -> Dtype.F32;
          case BFLOAT16 -> Dtype.BF16;
        };
    return new Tensor(name, dtype, shape.dimensions(), weight);
  }
}
