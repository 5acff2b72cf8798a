package dev.gradus.djl.instance;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** One rate for each of some instances or classes, 4 bytes each, in native memory. */
final class Rates {
  private static final long ALIGNMENT = 64;

  private final String name;
  private final int count;
  private final MemorySegment memory;

  /**
   * Rates of 1.
   *
   * @param name what the tensor of the rates is called
   * @param count how many
   */
  Rates(String name, int count) {
    this.name = name;
    this.count = count;
    memory = Arena.ofAuto().allocate(Math.max(1L, count) * Float.BYTES, ALIGNMENT);
    for (int i = 0; i < count; i++) {
      set(i, 1);
    }
  }

  float get(int index) {
    return memory.getAtIndex(JAVA_FLOAT, index);
  }

  void set(int index, double rate) {
    memory.setAtIndex(JAVA_FLOAT, index, (float) rate);
  }

  Tensor tensor() {
    return new Tensor(
        name, Dtype.F32, List.of((long) count), memory.asSlice(0, (long) count * Float.BYTES));
  }

  void restore(Tensor saved) {
    memory.copyFrom(saved.data());
  }
}
