package dev.gradus.bench;

/** A thread that wants a core all the time. */
final class BusyLoop implements AutoCloseable {
  private volatile boolean closed;

  BusyLoop() {
    Thread.ofPlatform().daemon().name("bench-busy-loop").start(this::spin);
  }

  private void spin() {
    while (!closed) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
