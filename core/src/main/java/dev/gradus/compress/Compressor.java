package dev.gradus.compress;

import dev.gradus.equation.Shape;

/**
 * A scheme that makes gradients small enough to be sent.
 *
 * <p>The object is a description without a state. What a worker remembers of a tensor between two
 * steps lies in memory that the caller holds and keeps in checkpoints.
 */
public interface Compressor {
  /**
   * The scheme for one tensor.
   *
   * @param shape the tensor's shape
   * @return what packs it
   */
  Packing of(Shape shape);
}
