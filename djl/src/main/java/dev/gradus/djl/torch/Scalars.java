package dev.gradus.djl.torch;

import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors of one number. */
final class Scalars {
  private Scalars() {}

  static Tensor whole(String name, long value) {
    var data = MemorySegment.ofArray(new byte[Long.BYTES]);
    data.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0, value);
    return new Tensor(name, Dtype.I64, List.of(), data);
  }

  /** A number of single precision, as PyTorch keeps counts of steps. */
  static Tensor single(String name, double value) {
    return Tensor.of(name, List.of(), (float) value);
  }

  /** The number in a tensor of double precision. */
  static double value(Tensor tensor) {
    return tensor.doubles()[0];
  }
}
