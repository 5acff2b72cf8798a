package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gradus.djl.data.Examples;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A batch as DJL arrays over the batch's own memory, without a copy. */
record BatchArrays(Batch batch, Examples examples) {

  NDArray inputs(NDManager manager) {
    return array(manager, batch.inputs(), examples.inputShape());
  }

  NDArray targets(NDManager manager) {
    return array(manager, batch.targets(), examples.targetShape());
  }

  private NDArray array(NDManager manager, MemorySegment values, List<Long> shape) {
    return Native.array(manager, values, new Shape(batch.size()).addAll(new Shape(shape)));
  }
}
