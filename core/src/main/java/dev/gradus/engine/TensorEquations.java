package dev.gradus.engine;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Shape;
import java.lang.foreign.MemorySegment;

/**
 * A tensor and what is to be computed for it.
 *
 * @param name the tensor's name, for messages
 * @param shape its shape
 * @param equations its equations
 */
public record TensorEquations(String name, Shape shape, Equations equations) {
  /** A fact of the tensor's shape, or else one that the host knows. */
  double fact(Fact fact, int index, StepFacts host) {
    if (fact == Facts.COLUMNS) {
      return shape.columns();
    }
    return fact == Facts.SIZE ? shape.size() : host.value(fact, index);
  }

  /** Refuses memory of another size than the tensor's. */
  void requireSize(MemorySegment memory, int bytesPerValue) {
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
