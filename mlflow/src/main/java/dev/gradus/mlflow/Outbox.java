package dev.gradus.mlflow;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics on their way, sent by a thread of its own. What cannot be sent waits for the next
 * attempt; when too many wait, later ones are lost. There is one warning, at the first failure.
 */
final class Outbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int MOST_IN_A_REQUEST = 1000;
  private static final int MOST_WAITING = 100_000;

  private final Deque<Metric> waiting = new ConcurrentLinkedDeque<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ScheduledExecutorService sender =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gradus-mlflow").factory());
  private final Route route;
  private boolean warned;

  /** Where metrics go. */
  interface Route {
    void send(List<Metric> metrics) throws IOException;
  }

  Outbox(Route route, Duration rhythm) {
    this.route = route;
    long pause = rhythm.toMillis();
    var _ = sender.scheduleWithFixedDelay(this::attempt, pause, pause, TimeUnit.MILLISECONDS);
  }

  void add(Collection<Metric> metrics) {
    if (count.addAndGet(metrics.size()) <= MOST_WAITING) {
      waiting.addAll(metrics);
    } else {
      count.addAndGet(-metrics.size());
    }
  }

  private void attempt() {
    try {
      sendAll();
    } catch (IOException | RuntimeException failure) {
      warn(failure);
    }
  }

  /** Sends what is there, if only to show that the run goes on. */
  private void sendAll() throws IOException {
    do {
      var first = waiting.stream().limit(MOST_IN_A_REQUEST).toList();
      sendOrDrop(new ArrayList<>(first));
      first.forEach(_ -> waiting.removeFirst());
      count.addAndGet(-first.size());
    } while (!waiting.isEmpty());
  }

  /** What the server refuses for good must not block what comes behind it. */
  private void sendOrDrop(List<Metric> metrics) throws IOException {
    try {
      route.send(metrics);
    } catch (RefusedException refused) {
      warn(refused);
    }
  }

  private synchronized void warn(Exception failure) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "The MLflow server does not take what the training tells it, which goes on all the same:"
              + " {}",
          failure.toString());
    }
  }

  /** Sends the rest and something last, within a time. */
  void finish(Route last, Duration deadline) {
    var rest =
        sender.submit(
            () -> {
              attempt();
              try {
                last.send(List.of());
              } catch (IOException | RuntimeException failure) {
                warn(failure);
              }
            });
    try {
      rest.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException late) {
      warn(late);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
