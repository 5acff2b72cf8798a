package dev.gradus.engine;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the units of one task at a time. The caller works too and never waits for a
 * thread that has no unit. Idle threads spin for a few microseconds, then park. Running a task
 * allocates nothing.
 */
final class WorkerPool implements AutoCloseable {
  /** The units of a task. */
  interface Task {
    /** Does one unit; worker 0 is the caller. */
    void run(int unit, int worker);
  }

  private static final long SPIN_NANOS = 20_000;

  private final Thread[] threads;

  /** The round and, in the lower half, how many of its units nobody has taken yet. */
  private final AtomicLong open = new AtomicLong();

  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;
  private @Nullable Task task;
  private int units;

  /** A pool of some threads, the caller's included. */
  WorkerPool(int size) {
    threads = new Thread[size - 1];
    for (int i = 0; i < threads.length; i++) {
      int worker = i + 1;
      threads[i] = new Thread(() -> work(worker), "gradus-worker-" + worker);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  int size() {
    return threads.length + 1;
  }

  /** Whether the caller and every other thread of the pool may read and write some memory. */
  boolean canAccess(MemorySegment memory) {
    boolean all = memory.isAccessibleBy(Thread.currentThread());
    for (Thread thread : threads) {
      all &= memory.isAccessibleBy(thread);
    }
    return all;
  }

  /** Runs all units and returns when the last has ended; rethrows the first failure. */
  void run(int count, Task what) {
    task = what;
    units = count;
    finished.set(0);
    failure.set(null);
    int round = round(open.get()) + 1;
    open.set((long) round << 32 | count);
    for (int i = 0; i < Math.min(threads.length, count - 1); i++) {
      LockSupport.unpark(threads[i]);
    }
    drain(round, 0);
    awaitOthers(count);
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("A worker failed: " + thrown, thrown);
    }
  }

  // Yielding lets a worker that shares the caller's core finish its unit.
  @SuppressWarnings("ThreadPriorityCheck")
  private void awaitOthers(int count) {
    long deadline = System.nanoTime() + SPIN_NANOS;
    while (finished.get() < count) {
      if (System.nanoTime() < deadline) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void work(int worker) {
    int seen = 0;
    while (!closed) {
      seen = awaitRound(seen);
      drain(seen, worker);
    }
  }

  private int awaitRound(int seen) {
    long deadline = System.nanoTime() + SPIN_NANOS;
    while (round(open.get()) == seen && !closed) {
      if (System.nanoTime() < deadline) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
    return round(open.get());
  }

  private void drain(int round, int worker) {
    for (int unit = claim(round); unit >= 0; unit = claim(round)) {
      try {
        Task current = task;
        if (current != null) {
          current.run(unit, worker);
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      } finally {
        finished.incrementAndGet();
      }
    }
  }

  /**
   * Takes a unit, or −1 if the round has none left. Task and number of units belong to the round
   * for as long as a unit of it is taken and not finished; before, a late thread may see those of
   * the next round, so it must not decide by them.
   */
  private int claim(int round) {
    while (true) {
      long state = open.get();
      int left = (int) state;
      if (round(state) != round || left == 0) {
        return -1;
      }
      if (open.compareAndSet(state, state - 1)) {
        return units - left;
      }
    }
  }

  private static int round(long state) {
    return (int) (state >>> 32);
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
