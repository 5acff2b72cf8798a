package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.compress.Compressor;
import dev.gradus.exchange.LocalTransport;
import dev.gradus.exchange.LostWorkerException;
import dev.gradus.exchange.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Several workers in one process, as they would be on several machines, to the same bits: to see
 * what the number of workers and the compression of gradients do to a training.
 *
 * <p>It is no faster than one worker, which has the whole batch at once.
 */
public final class LocalWorkers {
  private static final Duration DEADLINE = Duration.ofHours(1);

  private LocalWorkers() {}

  /**
   * Trains with some workers.
   *
   * @param workers how many, 1 or more
   * @param compressor how gradients are packed
   * @param description the training of each rank, with a network of its own and the same data and
   *     options
   * @return what came of the training of rank 0, whose network has the weights of the best epoch
   * @throws UserException if a worker can't train
   */
  public static TrainingResult train(
      int workers, Compressor compressor, IntFunction<Training> description) {
    var trainings = IntStream.range(0, workers).mapToObj(description).toList();
    var factory = Thread.ofPlatform().name("gradus-worker-", 0).factory();
    try (var threads = Executors.newFixedThreadPool(workers, factory)) {
      return first(
          LocalTransport.team(workers, DEADLINE).stream()
              .map(transport -> threads.submit(() -> run(trainings, transport, compressor)))
              .toList());
    }
  }

  private static TrainingResult run(
      List<Training> trainings, Transport transport, Compressor compressor) {
    try (transport) {
      return trainings.get(transport.rank()).workers(transport, compressor).run();
    }
  }

  /** The result of worker 0, once all have ended; or why it came to none. */
  private static TrainingResult first(List<Future<TrainingResult>> futures) {
    var results = new ArrayList<TrainingResult>();
    var failures = new ArrayList<Throwable>();
    for (var future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException failed) {
        failures.add(failed.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while workers train", interrupted);
      }
    }
    if (!failures.isEmpty()) {
      throw carriedOver(failures);
    }
    return results.getFirst();
  }

  /** That of the first worker that did not just lose another. */
  private static RuntimeException carriedOver(List<Throwable> failures) {
    var first =
        failures.stream()
            .filter(failure -> !(failure instanceof LostWorkerException))
            .findFirst()
            .orElse(failures.getFirst());
    return first instanceof RuntimeException known
        ? known
        : new IllegalStateException("a worker failed: " + first, first);
  }
}
