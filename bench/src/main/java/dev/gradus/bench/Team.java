package dev.gradus.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The caller and perhaps helpers, who share what they are given piece by piece: what hand-written
 * loops need in order to use several threads. Helpers spin for a few microseconds, then park.
 */
final class Team implements AutoCloseable {
  /** What is shared. */
  interface Piece {
    /** Does one piece. */
    void run(int index);
  }

  private static final long SPIN_NANOS = 20_000;

  private final Thread[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger idle = new AtomicInteger();
  private volatile int round;
  private volatile boolean closed;
  private Piece piece = index -> {};
  private int pieces;

  Team(int size) {
    helpers = new Thread[size - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Thread(this::help, "bench-helper-" + i);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** Does all pieces and returns when the last has ended. */
  @SuppressWarnings({"NonAtomicVolatileUpdate", "ThreadPriorityCheck"}) // one caller; see there
  void run(int count, Piece what) {
    piece = what;
    pieces = count;
    idle.set(0);
    next.set(0);
    round++;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    drain();
    while (idle.get() < helpers.length) {
      Thread.yield(); // a helper may need this core to finish
    }
  }

  private void help() {
    int seen = 0;
    while (!closed) {
      long deadline = System.nanoTime() + SPIN_NANOS;
      while (round == seen && !closed) {
        if (System.nanoTime() < deadline) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen = round;
      drain();
      idle.incrementAndGet();
    }
  }

  private void drain() {
    for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
      piece.run(i);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
