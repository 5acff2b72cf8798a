package dev.gradus.cli.scaling;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import dev.gradus.compress.Compressor;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.exchange.Collectives;
import dev.gradus.exchange.LocalTransport;
import dev.gradus.exchange.Transport;
import dev.gradus.scaling.Link;
import dev.gradus.scaling.Team;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/** What a run of several workers is told before its first step. */
public final class Plan {
  private static final Rehearsal.Length SHORT =
      new Rehearsal.Length(20, Duration.ZERO, Duration.ofSeconds(4));

  /** A cluster is worth the time, and what is sent settles late. */
  private static final Rehearsal.Length LONG =
      new Rehearsal.Length(100, Duration.ofSeconds(2), Duration.ofSeconds(40));

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
  private static final Duration SHORT_ENOUGH = Duration.ofMillis(50);

  private Plan() {}

  /**
   * Predicts the steps of a team whose workers are elsewhere. Each of them calls this at the same
   * time, so that those who share a machine measure what that costs.
   *
   * @param training a description with network, data, rules and the batch of one worker
   * @param network the network of the training, of no use afterwards
   * @param compressor the scheme of the run
   * @param transport to the other workers
   * @return the forecast, with the link that was found
   * @throws dev.gradus.UserException if no step could be made
   */
  public static Forecast of(
      Training training, Network network, Compressor compressor, Transport transport) {
    var collectives = new Collectives(transport);
    var rehearsed = rehearse(training, network, compressor, LONG);
    double compute = Everyone.mean(rehearsed.dense().compute(), collectives);
    var link = new LinkMeter(collectives, LONG_ENOUGH).measure(transport.workers());
    return Forecast.of(rehearsed.withCompute(compute), new Team(transport.workers(), link));
  }

  /**
   * Predicts the steps of workers in this process, who compute by turns.
   *
   * @param training as for {@link #of}
   * @param network as for {@link #of}
   * @param compressor the scheme of the run
   * @param workers how many there are, 2 or more
   * @return the forecast; its link is memory
   * @throws dev.gradus.UserException if no step could be made
   */
  public static Forecast byTurns(
      Training training, Network network, Compressor compressor, int workers) {
    var rehearsed = rehearse(training, network, compressor, SHORT);
    double compute = workers * rehearsed.dense().compute();
    return Forecast.of(rehearsed.withCompute(compute), new Team(workers, memory(workers)));
  }

  private static Link memory(int workers) {
    try (var threads = Executors.newFixedThreadPool(workers)) {
      return LocalTransport.team(workers, LONG.longest()).stream()
          .map(each -> supplyAsync(() -> link(each), threads))
          .toList()
          .getFirst()
          .join();
    }
  }

  private static Link link(Transport transport) {
    return new LinkMeter(new Collectives(transport), SHORT_ENOUGH).measure(transport.workers());
  }

  private static Rehearsed rehearse(
      Training training, Network network, Compressor compressor, Rehearsal.Length length) {
    return Rehearsal.of(training, network, List.of(compressor), length);
  }
}
