package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gradus.UserException;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Sees a PyTorch array as native memory, without a copy.
 *
 * <p>The segment is valid only as long as the array's storage: ask anew in every step.
 */
final class Native {
  private static final long LARGEST = Integer.MAX_VALUE;

  private Native() {}

  static MemorySegment segment(NamedParameter named) {
    requireFloats(named);
    return segment(named.array());
  }

  /** A parameter under its name; its data are its memory. */
  static Tensor tensor(NamedParameter named) {
    return new Tensor(named.name(), Dtype.F32, named.shape(), segment(named));
  }

  static MemorySegment segment(NDArray array) {
    return MemorySegment.ofBuffer(array.toByteBuffer(true));
  }

  /** An array over memory that outlives it, without a copy. */
  static NDArray array(NDManager manager, MemorySegment values, Shape shape) {
    var buffer = values.asByteBuffer().order(ByteOrder.nativeOrder());
    return manager.create(buffer, shape, DataType.FLOAT32);
  }

  /** Refuses what cannot be read and written in place. */
  static void requireInPlace(NamedParameter named) {
    requireFloats(named);
    var array = named.array();
    if (array.getDevice().isGpu()) {
      throw refusal(named, "is on the device " + array.getDevice(), "move the model to the CPU");
    }
    if (copied(array)) {
      throw refusal(named, "is not contiguous in memory", "store a contiguous copy in the block");
    }
  }

  /** The engine silently hands out a copy of an array that is not contiguous: another each time. */
  static boolean copied(NDArray array) {
    try (NDManager scope = array.getManager().newSubManager()) {
      NDArray handle = array.stopGradient();
      handle.attach(scope);
      long address = segment(handle).address();
      return segment(handle).address() != address;
    }
  }

  private static void requireFloats(NamedParameter named) {
    var array = named.array();
    if (array.getDataType() != DataType.FLOAT32) {
      throw refusal(named, "has the type " + array.getDataType(), "use float32");
    }
    if (array.size() * Float.BYTES > LARGEST) {
      throw refusal(named, "has " + array.size() + " numbers", "split it below 2 GiB");
    }
  }

  private static UserException refusal(NamedParameter named, String what, String remedy) {
    return new UserException(
        "Parameter "
            + named.name()
            + " "
            + what
            + ", which cannot be trained in place; "
            + remedy
            + ".");
  }
}
