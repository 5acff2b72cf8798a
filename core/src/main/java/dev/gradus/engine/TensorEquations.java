package dev.gradus.engine;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Shape;
import java.util.OptionalDouble;

/**
 * A tensor and what is to be computed for it.
 *
 * @param name the tensor's name, for messages
 * @param shape its shape
 * @param equations its equations
 */
public record TensorEquations(String name, Shape shape, Equations equations) {
  OptionalDouble shapeFact(Fact fact) {
    if (fact == Facts.COLUMNS) {
      return OptionalDouble.of((double) shape.columns());
    }
    return fact == Facts.SIZE ? OptionalDouble.of((double) shape.size()) : OptionalDouble.empty();
  }
}
