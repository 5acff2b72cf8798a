package dev.gradus.engine;

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
   * The name in checkpoints.
   *
   * @return tensor/state
   */
  public String key() {
    return tensor + "/" + state.name();
  }
}
