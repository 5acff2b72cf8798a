package dev.gradus.engine;

import dev.gradus.equation.Shape;
import dev.gradus.plan.Residence;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** What one thread needs beside the tensors' memory. It grows with the plans that are compiled. */
final class Workspace {
  /** So many floats of each of a tensor's slots are expected to stay in a core's cache. */
  private static final int SCRATCH = 1 << 18;

  private static final long ALIGNMENT = 64;

  private float[] lanes = new float[0];
  private MemorySegment scratch = MemorySegment.NULL;

  static Residence residence(Shape shape) {
    return shape.size() <= SCRATCH ? Residence.CACHE : Residence.MEMORY;
  }

  /** Makes room for a plan. */
  void provideFor(CompiledPlan plan, Arena arena) {
    lanes = Arrays.copyOf(lanes, Math.max(lanes.length, plan.lanes()));
    if (plan.plan().usesScratch() && scratch.byteSize() == 0) {
      scratch = arena.allocate((long) SCRATCH * Float.BYTES, ALIGNMENT);
    }
  }

  /** Room for vectors that cross a call. */
  float[] lanes() {
    return lanes;
  }

  /** Room for a value per weight from one pass to the next. */
  MemorySegment scratch() {
    return scratch;
  }
}
