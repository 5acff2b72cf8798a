package dev.gradus.engine;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Format;
import dev.gradus.equation.Shape;
import java.lang.foreign.MemorySegment;

/**
 * A tensor and what is to be computed for it.
 *
 * @param name the tensor's name, for messages
 * @param shape its shape
 * @param equations its equations
 * @param format how its weight and gradient lie in the memory of a native engine
 */
public record TensorEquations(String name, Shape shape, Equations equations, Format format) {
  /**
   * A tensor in single precision.
   *
   * @param name the tensor's name, for messages
   * @param shape its shape
   * @param equations its equations
   */
  public TensorEquations(String name, Shape shape, Equations equations) {
    this(name, shape, equations, Format.FLOAT32);
  }

  /**
   * A fact of the tensor's shape, or else one that the host knows.
   *
   * @param fact the fact
   * @param index the tensor's place in the order given to the engine
   * @param host the numbers known before the step
   * @return the value
   */
  public double fact(Fact fact, int index, StepFacts host) {
    if (fact == Facts.COLUMNS) {
      return shape.columns();
    }
    if (fact == Facts.ROUNDING_KEY) {
      return Rounding.key(name, (long) host.value(Facts.SHARED_STEPS, index));
    }
    return fact == Facts.SIZE ? shape.size() : host.value(fact, index);
  }

  /**
   * Refuses memory of another size than the tensor's.
   *
   * @param memory the memory of a weight or a gradient
   * @param bytesPerValue 4 for single, 8 for double precision
   * @throws IllegalArgumentException naming the tensor and both sizes
   */
  public void requireSize(MemorySegment memory, int bytesPerValue) {
    long bytes = Math.multiplyExact(shape.size(), bytesPerValue);
    if (memory.byteSize() != bytes) {
      throw refused("has %d bytes instead of %d".formatted(memory.byteSize(), bytes), memory);
    }
  }

  IllegalArgumentException refused(String fault, MemorySegment memory) {
    return new IllegalArgumentException(
        "The memory given for tensor '%s' of shape %s %s: %s."
            .formatted(name, shape.dimensions(), fault, memory));
  }
}
