package dev.gradus.engine;

import java.lang.foreign.MemorySegment;

/** One pass as code. */
interface Kernel {
  /**
   * Walks some segments of a tensor.
   *
   * @param slots the memory of the pass's slots, each of as many floats as the tensor
   * @param layout how the tensor is cut into segments
   * @param scalars the pass's scalars
   * @param rowScalars the pass's scalars per row, all of one row together
   * @param partials receives what each segment folds to, all folds of one segment together
   * @param lanes scratch of the walking thread, as long as {@link KernelSource#lanes} says
   * @param first the first segment
   * @param last the segment after the last
   */
  void run(
      MemorySegment[] slots,
      Layout layout,
      float[] scalars,
      float[] rowScalars,
      double[] partials,
      float[] lanes,
      int first,
      int last);
}
