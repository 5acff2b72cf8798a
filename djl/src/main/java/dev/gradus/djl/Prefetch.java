package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.Examples;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prepares batches in a thread of its own, a few ahead of their use and no more.
 *
 * <p>A batch is valid until the next one is asked for: then its memory is filled again.
 */
final class Prefetch implements AutoCloseable {
  private static final int SLOTS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("gradus-input").factory());
  private final Iterator<Selection> selections;
  private final List<BatchSlot> slots;
  private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
  private int started;

  Prefetch(
      Examples examples,
      Augmentation augmentation,
      long seed,
      int largestBatch,
      Iterator<Selection> selections) {
    this.selections = selections;
    slots =
        IntStream.range(0, SLOTS)
            .mapToObj(_ -> new BatchSlot(examples, augmentation, seed, largestBatch))
            .toList();
    IntStream.range(1, SLOTS).forEach(_ -> startNext());
  }

  boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * The next batch; the one before it is given up.
   *
   * @throws UserException if reading failed or takes too long
   */
  Batch next() {
    if (ahead.isEmpty()) {
      throw new NoSuchElementException("every batch was read");
    }
    startNext();
    return await(ahead.remove());
  }

  private void startNext() {
    if (selections.hasNext()) {
      var slot = slots.get(started++ % SLOTS);
      var selection = selections.next();
      ahead.add(reader.submit(() -> slot.fill(selection)));
    }
  }

  private static Batch await(Future<Batch> batch) {
    try {
      return batch.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw carriedOver(failed.getCause());
    } catch (TimeoutException _) {
      throw new UserException(
          "Reading one batch takes longer than "
              + PATIENCE.toMinutes()
              + " minutes; is the data's"
              + " disk or network still there?");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", interrupted);
    }
  }

  private static RuntimeException carriedOver(@Nullable Throwable cause) {
    return cause instanceof UserException told
        ? told
        : new IllegalStateException("reading a batch failed: " + cause, cause);
  }

  /**
   * Ends reading. What is being read now is read to its end: an interrupt would close the file, and
   * other parts of the data may lie in it. A reader that hangs keeps its memory, because freeing it
   * under its hands would crash the process.
   */
  @Override
  public void close() {
    ahead.forEach(batch -> batch.cancel(false));
    reader.shutdown();
    if (ended()) {
      slots.forEach(BatchSlot::close);
    }
  }

  private boolean ended() {
    try {
      return reader.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
