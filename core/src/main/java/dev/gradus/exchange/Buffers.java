package dev.gradus.exchange;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Native memory for messages that are on their way. What is given back is lent again. */
final class Buffers {
  private static final long LARGEST_KEPT = 1L << 20;
  private static final long KEPT = 32L << 20;

  private final Map<Long, Deque<MemorySegment>> freeBySize = new HashMap<>();
  private long kept;

  /** Memory of at least as many bytes. */
  MemorySegment lend(long bytes) {
    long size = Math.max(64, Long.highestOneBit(Math.max(1, bytes - 1)) << 1);
    if (size > LARGEST_KEPT) {
      return allocate(bytes);
    }
    var free = free(size);
    return free == null ? allocate(size) : free;
  }

  private static MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, 64);
  }

  private synchronized @Nullable MemorySegment free(long size) {
    var free = freeBySize.get(size);
    var memory = free == null ? null : free.poll();
    kept -= memory == null ? 0 : size;
    return memory;
  }

  synchronized void giveBack(MemorySegment lent) {
    long size = lent.byteSize();
    if (size <= LARGEST_KEPT && kept + size <= KEPT) {
      kept += size;
      freeBySize.computeIfAbsent(size, _ -> new ArrayDeque<>()).push(lent);
    }
  }
}
