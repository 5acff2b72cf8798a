package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gradus.djl.data.Examples;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
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
    var buffer = values.asByteBuffer().order(ByteOrder.nativeOrder());
    var whole = new Shape(batch.size()).addAll(new Shape(shape));
    return manager.create(buffer, whole, DataType.FLOAT32);
  }
}
