package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Retention;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.Choice;
import dev.gradus.djl.EarlyStopping;
import dev.gradus.djl.OnNotFinite;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.telemetry.TensorBoard;
import dev.gradus.spark.SharedCheckpoints;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a run lasts and what it leaves behind. */
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
      names = "--best-by",
      paramLabel = "METRIC",
      description =
          "The validation metric that chooses the best epoch, such as accuracy. Default:"
              + " ${DEFAULT-VALUE}.")
  private String bestBy = Choice.usual().metric();

  @Option(
      names = "--patience",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "End after N epochs in a row that do not improve the --best-by metric. Default: all"
              + " epochs are made.")
  private @Nullable Integer patience;

  @Option(
      names = "--min-improvement",
      paramLabel = "BY",
      converter = Numbers.NotNegative.class,
      description =
          "By how much an epoch must be better for --patience to count it so. Default:"
              + " ${DEFAULT-VALUE}.")
  private double minImprovement;

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
      names = "--tensorboard",
      description = "Write curves for TensorBoard into the run's folder too.")
  private boolean tensorboard;

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

  /** Decides what depends on the data and was not chosen, and looks for the metric. */
  void complete(DataSet data) {
    requirePatience();
    earlyStopping().require(data, choice(data));
    epochs = epochs == null ? Usual.epochs(data) : epochs;
  }

  /** How often every example is visited, once that is decided. */
  int epochs() {
    return requireNonNull(epochs);
  }

  Choice choice(DataSet data) {
    return Choice.of(data.task(), bestBy);
  }

  Training applyTo(Training training) {
    return training
        .epochs(epochs())
        .earlyStopping(earlyStopping())
        .onNotFinite(skipNonfinite ? OnNotFinite.SKIP : OnNotFinite.STOP)
        .measureEvery(measureEvery);
  }

  private void requirePatience() {
    if (minImprovement > 0 && patience == null) {
      throw new UserException(
          "Option --min-improvement says what --patience counts; give both or leave it out.");
    }
  }

  private EarlyStopping earlyStopping() {
    return patience == null
        ? EarlyStopping.NEVER
        : EarlyStopping.after(patience).byMoreThan(minImprovement);
  }

  Checkpoints checkpoints(Path folder) {
    return checkpointEvery.in(folder).keeping(keep);
  }

  /** The same where the workers of a Spark cluster reach them. */
  SharedCheckpoints shared(String address, boolean resume) {
    var rhythm = checkpointEvery.in(Path.of(""));
    return new SharedCheckpoints(address, rhythm.steps(), rhythm.time().toSeconds(), keep, resume);
  }

  /** Draws the run for TensorBoard, if that is wanted. */
  TrainingListener curves(Path folder) {
    return tensorboard ? new TensorBoard(folder) : _ -> {};
  }
}
