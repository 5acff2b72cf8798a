package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Compressors;
import dev.gradus.compress.Dense;
import dev.gradus.djl.LocalWorkers;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who makes the steps of a run together, and how they send each other gradients. */
final class WorkerArguments {
  private static final int MOST = 64;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = {
        "Share each batch among N workers. Those of gradus train take turns in one process, which"
            + " shows what workers and --compress do to a training and is no faster.",
        "Default: one, which sends nothing."
      })
  private @Nullable Integer workers;

  @Option(
      names = "--compress",
      paramLabel = "SCHEME",
      converter = CatalogueText.Compression.class,
      description = {
        "How gradients of large weights are packed: adacomp, dense, dgc, fp16, one-bit, power-sgd,"
            + " threshold, top-k.",
        "Default: dense, as they are."
      })
  private @Nullable String compressor;

  /** How many there are. */
  int count() {
    return workers == null ? 1 : workers;
  }

  /** Refuses more than can take turns in one process. */
  void requireFew() {
    if (count() > MOST) {
      throw new UserException(
          "%d workers take turns in one process, %d at most; for many, use several machines."
              .formatted(count(), MOST));
    }
  }

  /** Whether there is anything to predict of their exchange. */
  boolean exchange(int batch) {
    return count() > 1 && count() <= batch;
  }

  /** The largest part of a batch that one of them computes. */
  int share(int batch) {
    return Math.ceilDiv(batch, count());
  }

  /** How gradients are packed. */
  Compressor compressor() {
    return compressor == null ? new Dense() : Compressors.parse(compressor);
  }

  /**
   * Trains with as many workers as are wanted.
   *
   * @param leader the training of the first
   * @param others the training of each other, with a network of its own
   */
  TrainingResult run(
      Training leader, Supplier<Network> networks, Function<Network, Training> others) {
    if (workers == null && compressor == null) {
      return leader.run();
    }
    try (var opened = new Opened()) {
      return LocalWorkers.train(
          count(),
          compressor(),
          rank -> rank == 0 ? leader : others.apply(opened.add(networks.get())));
    }
  }

  /** Networks to be closed behind a run. */
  private static final class Opened implements AutoCloseable {
    private final Deque<Network> networks = new ArrayDeque<>();

    Network add(Network network) {
      networks.add(network);
      return network;
    }

    @Override
    public void close() {
      networks.forEach(Network::close);
    }
  }
}
