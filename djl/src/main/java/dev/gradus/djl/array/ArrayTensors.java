package dev.gradus.djl.array;

import ai.djl.ndarray.NDArray;
import dev.gradus.engine.Tensors;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Weights and gradients of a step that are DJL arrays, on any device and of any floating type. */
public interface ArrayTensors extends Tensors {
  /**
   * The weight, updated in place.
   *
   * @param index the tensor, in the order given to the engine
   * @return an array of the tensor's shape
   */
  NDArray weightArray(int index);

  /**
   * The gradient, never changed.
   *
   * @param index the tensor, in the order given to the engine
   * @return an array like the weight's; null if the tensor has no gradient in this step
   */
  @Nullable NDArray gradientArray(int index);

  /** Not for arrays on other devices: the host can't reach their memory. */
  @Override
  default MemorySegment weight(int index) {
    throw new UnsupportedOperationException("The weight is an array, not memory of the host.");
  }

  /** Not for arrays on other devices: the host can't reach their memory. */
  @Override
  default @Nullable MemorySegment gradient(int index) {
    throw new UnsupportedOperationException("The gradient is an array, not memory of the host.");
  }
}
