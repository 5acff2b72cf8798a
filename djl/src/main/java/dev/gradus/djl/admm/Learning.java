package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;

/** What a junction learns by itself while the blocks around it are trained. */
interface Learning {

  /** Nothing. */
  Learning NOTHING = new Learning() {};

  /**
   * Sees the outputs of the block below before variables are found for them.
   *
   * @throws dev.gradus.UserException if no variables can stand for them
   */
  default void begin(NDArray outputs, NetworkBlock below) {}

  /**
   * Learns from variables and the outputs that they are to stand for.
   *
   * @param multiplier what the schedule makes of the learning rate
   */
  default void learn(NDArray variables, NDArray outputs, double multiplier) {}

  /** Figures of the last step by name. */
  default Map<String, Double> measured() {
    return Map.of();
  }

  /** What there is to tell since it was last asked. */
  default List<String> remarks() {
    return List.of();
  }

  /** What a checkpoint keeps. */
  default List<Tensor> state() {
    return List.of();
  }

  /** Takes over what a checkpoint has kept. */
  default void restore(Map<String, Tensor> saved) {}
}
