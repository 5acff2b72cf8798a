package dev.gradus.spark;

import dev.gradus.exchange.FramedTransport;
import java.time.Duration;

/**
 * Tells the others again and again that this worker lives. It stands still when the process does.
 */
final class Heart implements AutoCloseable {
  private static final int BEATS = 5;

  private final Thread thread;

  /** Beats several times within a deadline. */
  Heart(FramedTransport transport, Duration deadline) {
    var pause = deadline.dividedBy(BEATS);
    thread = Thread.ofPlatform().daemon().name("gradus-heart").start(() -> beat(transport, pause));
  }

  private static void beat(FramedTransport transport, Duration pause) {
    try {
      while (true) {
        transport.beat();
        Thread.sleep(pause);
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
