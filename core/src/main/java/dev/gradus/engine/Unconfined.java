package dev.gradus.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory of a confined arena seen as memory without an owner. Loops compiled for the one kind of
 * memory are discarded when they meet the other, again and again, and a step takes forty times as
 * long. Nobody but its owner can free the memory, and the owner is the thread that takes the step,
 * so the view can't outlive it within a step.
 */
final class Unconfined {
  /** Never started; it owns nothing. */
  private static final Thread STRANGER = new Thread(() -> {}, "gradus-stranger");

  private MemorySegment view = MemorySegment.NULL;

  /** The memory itself unless it is confined; the same view as long as it lies in one place. */
  MemorySegment of(MemorySegment memory) {
    if (memory.isAccessibleBy(STRANGER)) {
      return memory;
    }
    if (!isSeen(memory)) {
      view = seen(memory);
    }
    return view;
  }

  private boolean isSeen(MemorySegment memory) {
    return view.address() == memory.address()
        && view.byteSize() == memory.byteSize()
        && view.isReadOnly() == memory.isReadOnly();
  }

  /** A JVM that forbids native access keeps the memory as it is. */
  @SuppressWarnings("restricted")
  private static MemorySegment seen(MemorySegment confined) {
    try {
      return confined.reinterpret(confined.byteSize(), Arena.global(), null);
    } catch (IllegalCallerException forbidden) {
      return confined;
    }
  }
}
