package dev.gradus.engine;

import dev.gradus.equation.Level;
import dev.gradus.equation.Shape;
import java.util.List;

/** The shape of a state in checkpoints. */
final class StateShape {
  private StateShape() {}

  static List<Long> of(Shape tensor, Level level) {
    return switch (level) {
      case ELEMENT -> tensor.dimensions();
      case ROW -> List.of(tensor.rows());
      case TENSOR, MODEL, STEP -> List.of();
    };
  }
}
