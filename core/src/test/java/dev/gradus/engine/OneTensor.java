package dev.gradus.engine;

import java.lang.foreign.MemorySegment;

/** The memory of an engine's only tensor. */
record OneTensor(MemorySegment weight, MemorySegment gradient) implements Tensors {
  @Override
  public MemorySegment weight(int index) {
    return weight;
  }

  @Override
  public MemorySegment gradient(int index) {
    return gradient;
  }
}
