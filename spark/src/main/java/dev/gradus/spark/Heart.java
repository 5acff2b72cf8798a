package dev.gradus.spark;

import dev.gradus.exchange.FramedTransport;
import java.time.Duration;

/**
 * Tells the others again and again that this worker lives. It stands still when the process does.
 */
final class Heart implements AutoCloseable {
  private static final int BEATS = 5;

  private final Thread thread;

  /** Beats now, and then several times within a deadline. */
  Heart(FramedTransport transport, Duration deadline) {
    var pause = deadline.dividedBy(BEATS);
    transport.beat();
    thread = Thread.ofPlatform().daemon().name("gradus-heart").start(() -> beat(transport, pause));
  }

  private static void beat(FramedTransport transport, Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        transport.beat();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
