package dev.gradus.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Runs one piece of work for each worker of a team, each in a thread of its own. */
final class Teamwork {
  static final Duration LONG = Duration.ofSeconds(30);
  static final Duration SHORT = Duration.ofMillis(300);

  private static final ExecutorService THREADS =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  private Teamwork() {}

  /** Runs work in a thread of its own. */
  static <T> CompletableFuture<T> start(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, THREADS);
  }

  /** Runs work in a while. */
  static void soon(Runnable work) {
    CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS, THREADS).execute(work);
  }

  /** The results by rank; ends with the failure of the first rank that fails. */
  static <T> List<T> run(List<Transport> team, Function<Transport, T> work) {
    return results(start(team, work));
  }

  static <T> List<CompletableFuture<T>> start(List<Transport> team, Function<Transport, T> work) {
    return team.stream().map(transport -> start(() -> work.apply(transport))).toList();
  }

  static <T> List<T> results(List<CompletableFuture<T>> parts) {
    return parts.stream().map(part -> part.orTimeout(60, TimeUnit.SECONDS).join()).toList();
  }

  static RuntimeException failure(CompletableFuture<?> part) {
    try {
      Object result = part.orTimeout(60, TimeUnit.SECONDS).join();
      throw new AssertionError("It did not fail, but gave " + result);
    } catch (CompletionException e) {
      return e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** A team in this process with something between the transports, for each sending worker. */
  static List<Transport> team(
      int workers, Duration deadline, BiFunction<Integer, Wire, Wire> between) {
    var token = UUID.randomUUID();
    var team = new ArrayList<FramedTransport>();
    IntStream.range(0, workers)
        .forEach(
            rank -> {
              Wire wire = (to, header, payload) -> team.get(to).arrived(rank, header, payload);
              var membership = new Membership(rank, workers, token, deadline);
              team.add(new FramedTransport(membership, between.apply(rank, wire)));
            });
    return List.copyOf(team);
  }
}
