package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.checkpoint.Retention;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.OnNotFinite;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long and how the loop runs. */
final class LoopArguments {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How often every example is visited. Default: "
              + Usual.EPOCHS
              + "; "
              + Usual.EPOCHS_OF_SMALL_SETS
              + " for small data sets.")
  private @Nullable Integer epochs;

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

  @Option(
      names = "--skip-nonfinite",
      description = "Leave out steps with a loss or gradient that is not finite, and count them.")
  private boolean skipNonfinite;

  @Option(
      names = "--measure-every",
      paramLabel = "N",
      converter = Numbers.CountOrZero.class,
      description =
          "Record the norms of each tensor in every N-th step; 0 for never. Default:"
              + " ${DEFAULT-VALUE}.")
  private int measureEvery = 50;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "WHEN",
      converter = Rhythm.Converter.class,
      description =
          "After so many steps (500) or so much time (30s, 10m), but at no more than 1 %% of the"
              + " time. Default: ${DEFAULT-VALUE}.")
  private Rhythm checkpointEvery = Rhythm.USUAL;

  @Option(
      names = "--keep",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many of the newest checkpoints stay, beside the best. Default: ${DEFAULT-VALUE}.")
  private int keep = Retention.STANDARD.last();

  /** Decides what depends on the data and was not chosen. */
  void complete(DataSet data) {
    epochs = epochs == null ? Usual.epochs(data) : epochs;
    batch = batch == null ? Usual.batch(data) : batch;
  }

  Training applyTo(Training training) {
    return training
        .epochs(requireNonNull(epochs))
        .batch(requireNonNull(batch))
        .accumulation(accumulation)
        .seed(seed)
        .threads(threads, optimizerThreads)
        .onNotFinite(skipNonfinite ? OnNotFinite.SKIP : OnNotFinite.STOP)
        .measureEvery(measureEvery);
  }

  Checkpoints checkpoints(Path folder) {
    return checkpointEvery.in(folder).keeping(keep);
  }

  int threads() {
    return threads;
  }

  int optimizerThreads() {
    return optimizerThreads;
  }
}
