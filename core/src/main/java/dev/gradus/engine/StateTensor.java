package dev.gradus.engine;

import dev.gradus.equation.Shape;
import dev.gradus.equation.State;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A state's memory.
 *
 * @param tensor the name of the tensor it belongs to
 * @param state its name, level and degree
 * @param shape the tensor's shape for a value per weight, (rows) for a value per row, empty for one
 *     number
 * @param values the numbers themselves, not a copy
 * @param bytesPerValue 4 for single, 8 for double precision
 */
public record StateTensor(
    String tensor, State state, List<Long> shape, MemorySegment values, int bytesPerValue) {

  /**
   * The memory of a tensor's state.
   *
   * @param tensor the tensor
   * @param state its state
   * @param values as many numbers as the state's level has
   * @param bytesPerValue 4 for single, 8 for double precision
   * @return the state with its shape
   */
  public static StateTensor of(
      TensorEquations tensor, State state, MemorySegment values, int bytesPerValue) {
    return new StateTensor(
        tensor.name(), state, shape(tensor.shape(), state), values, bytesPerValue);
  }

  private static List<Long> shape(Shape tensor, State state) {
    return switch (state.level()) {
      case ELEMENT -> tensor.dimensions();
      case ROW -> List.of(tensor.rows());
      case TENSOR, MODEL, STEP -> List.of();
    };
  }

  /**
   * The name in checkpoints.
   *
   * @return tensor/state
   */
  public String key() {
    return tensor + "/" + state.name();
  }
}
