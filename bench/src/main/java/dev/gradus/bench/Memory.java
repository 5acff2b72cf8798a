package dev.gradus.bench;

import dev.gradus.Parameter;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Weights and gradients in native memory, the same numbers in every run. */
final class Memory implements Tensors, AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> weights = new ArrayList<>();
  private final List<MemorySegment> gradients = new ArrayList<>();

  Memory(List<Parameter> parameters) {
    var random = new SplittableRandom(1);
    for (Parameter parameter : parameters) {
      weights.add(fill(zeros(parameter), parameter.format(), random, 0.1));
      gradients.add(fill(zeros(parameter), parameter.format(), random, 0.01));
    }
  }

  @Override
  public MemorySegment weight(int index) {
    return weights.get(index);
  }

  @Override
  public MemorySegment gradient(int index) {
    return gradients.get(index);
  }

  int count() {
    return weights.size();
  }

  long size(int tensor) {
    return weights.get(tensor).byteSize() / Float.BYTES;
  }

  long size() {
    long size = 0;
    for (int i = 0; i < count(); i++) {
      size += size(i);
    }
    return size;
  }

  private MemorySegment zeros(Parameter parameter) {
    return arena.allocate(parameter.shape().size() * parameter.format().bytes(), ALIGNMENT);
  }

  private static MemorySegment fill(
      MemorySegment memory, Format format, SplittableRandom random, double scale) {
    for (long i = 0; i < memory.byteSize() / format.bytes(); i++) {
      float value = (float) (scale * random.nextDouble(-1, 1));
      switch (format) {
        case FLOAT32 -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        case BFLOAT16 ->
            memory.setAtIndex(
                ValueLayout.JAVA_SHORT, i, (short) (Float.floatToIntBits(value) >>> Short.SIZE));
      }
    }
    return memory;
  }

  @Override
  public void close() {
    arena.close();
  }
}
