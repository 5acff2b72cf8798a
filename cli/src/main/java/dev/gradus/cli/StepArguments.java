package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a step sees, and how it is computed. */
final class StepArguments {
  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "Examples in a step. Default: "
              + Usual.BATCH
              + "; "
              + Usual.BATCH_OF_SMALL_SETS
              + " for small data sets.")
  private @Nullable Integer batch;

  @Option(
      names = "--accumulation",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Compute a batch in so many parts, to save memory. Default: ${DEFAULT-VALUE}.")
  private int accumulation = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Numbers.Whole.class,
      description =
          "Decides first weights, order, augmentation and dropout. Default: ${DEFAULT-VALUE}.")
  private long seed = Training.DEFAULT_SEED;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "Threads for the network. Idle cores are worth it; on a busy machine more threads are"
              + " slower. Default: ${DEFAULT-VALUE}.")
  private int threads = 1;

  @Option(
      names = "--optimizer-threads",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Threads for the update. Default: ${DEFAULT-VALUE}.")
  private int optimizerThreads = 1;

  /** Decides what depends on the data and was not chosen. */
  void complete(DataSet data) {
    batch = batch == null ? Usual.batch(data) : batch;
  }

  /** Known once {@link #complete} has been called. */
  int batch() {
    return requireNonNull(batch);
  }

  /** In how many steps every example is visited. */
  int stepsPerEpoch(DataSet data) {
    return Math.ceilDiv(data.train().size(), batch());
  }

  Training applyTo(Training training) {
    return training
        .batch(batch())
        .accumulation(accumulation)
        .seed(seed)
        .threads(threads, optimizerThreads);
  }

  /** How many threads compute what. */
  Map<String, Integer> threads() {
    return Map.of("network", threads, "optimizer", optimizerThreads);
  }
}
