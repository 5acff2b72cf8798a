package dev.gradus.djl.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gradus.engine.TensorEquations;
import dev.gradus.engine.Tensors;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of the CPU that lie where native memory lies, without a copy. */
record WrappedMemory(
    List<TensorEquations> tensors, Tensors memory, NDManager manager, DataType type)
    implements ArrayTensors {

  @Override
  public NDArray weightArray(int index) {
    return wrap(index, memory.weight(index));
  }

  @Override
  public @Nullable NDArray gradientArray(int index) {
    MemorySegment gradient = memory.gradient(index);
    return gradient == null ? null : wrap(index, gradient);
  }

  private NDArray wrap(int index, MemorySegment segment) {
    TensorEquations tensor = tensors.get(index);
    tensor.requireSize(segment, type.getNumOfBytes());
    if (!segment.isNative() || manager.getDevice().isGpu()) {
      throw new IllegalArgumentException(
          "The memory given for tensor '%s' can't be an array on %s; give native memory and the CPU."
              .formatted(tensor.name(), manager.getDevice()));
    }
    return over(segment, new Shape(tensor.shape().size()), type, manager);
  }

  /** An array over memory. */
  static NDArray over(MemorySegment segment, Shape shape, DataType type, NDManager manager) {
    return manager.create(segment.asByteBuffer(), shape, type);
  }
}
