package dev.gradus.exchange;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lock of a transport: what waits behind it, and what ends every wait. */
final class Gate {
  private final long deadline;
  private @Nullable LostWorkerException loss;
  private boolean closed;

  Gate(Duration deadline) {
    this.deadline = deadline.toNanos();
  }

  /** Changes what others may wait for. */
  synchronized void change(Runnable change) {
    change.run();
    notifyAll();
  }

  /** The first result that is not null, or null when the deadline has passed. */
  <T> @Nullable T await(Supplier<@Nullable T> result, Supplier<String> what) {
    try {
      return awaitOrInterrupt(result, what);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The wait for " + what.get() + " was interrupted.");
    }
  }

  private synchronized <T> @Nullable T awaitOrInterrupt(
      Supplier<@Nullable T> result, Supplier<String> what) throws InterruptedException {
    long start = System.nanoTime();
    long waited = 0;
    T found = resultIfOpen(result, waited, what);
    while (found == null && waited < deadline) {
      long left = deadline - waited;
      wait(left / 1_000_000, (int) (left % 1_000_000));
      waited = System.nanoTime() - start;
      found = resultIfOpen(result, waited, what);
    }
    return found;
  }

  private <T> @Nullable T resultIfOpen(
      Supplier<@Nullable T> result, long waited, Supplier<String> what) {
    requireOpen(waited, what);
    return result.get();
  }

  private void requireOpen(long waited, Supplier<String> what) {
    if (closed) {
      throw new IllegalStateException("This transport is closed.");
    }
    if (loss != null) {
      throw new LostWorkerException(loss.rank(), loss.getMessage() + after(waited, what));
    }
  }

  /** Says what has been waited for, for waits that one would notice. */
  private static String after(long waited, Supplier<String> what) {
    return waited < 1_000_000
        ? ""
        : " It happened in a wait of %s for %s.".formatted(seconds(waited), what.get());
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3g s", nanos / 1e9);
  }

  /** Ends all waits. True if this was the first loss. */
  synchronized boolean lose(LostWorkerException why) {
    boolean first = loss == null && !closed;
    if (first) {
      loss = why;
      notifyAll();
    }
    return first;
  }

  /** Ends all waits. True if it was open and no worker lost. */
  synchronized boolean close() {
    boolean first = loss == null && !closed;
    closed = true;
    notifyAll();
    return first;
  }
}
