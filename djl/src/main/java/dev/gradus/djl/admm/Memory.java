package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import dev.gradus.djl.Batch;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;

/** What is remembered of the variables of examples. */
interface Memory {

  /** Nothing, for methods that need the variables of a batch once. */
  Memory NONE =
      new Memory() {
        @Override
        public boolean recall(Batch part, int first, Point point) {
          return false;
        }

        @Override
        public void keep(Batch part, int first, Point point) {}

        @Override
        public Point kept(Batch part, int first, NDArray inputs) {
          throw new IllegalStateException("nothing is kept");
        }
      };

  /** A step begins. */
  default void begin() {}

  /**
   * Replaces variables and duals by those that are remembered.
   *
   * @param first the place of the part in its batch
   * @return whether anything was replaced
   */
  boolean recall(Batch part, int first, Point point);

  /** Remembers variables and duals. */
  void keep(Batch part, int first, Point point);

  /** The variables and duals that were kept of a part, without outputs. */
  Point kept(Batch part, int first, NDArray inputs);

  /** What a checkpoint keeps. */
  default List<Tensor> state() {
    return List.of();
  }

  /** Takes over what a checkpoint has kept. */
  default void restore(Map<String, Tensor> saved) {}
}
