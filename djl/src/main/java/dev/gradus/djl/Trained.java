package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.checkpoint.CheckpointException;
import dev.gradus.checkpoint.SavedCheckpoints;
import dev.gradus.checkpoint.StoredCheckpoint;
import dev.gradus.djl.data.DataDescription;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A checkpoint of a training, to use its network. A DJL model gets the weights by
 *
 * <pre>{@code
 * model.setBlock(block);
 * Trained.best(folder, arena, System.err::println).into(Network.of(model));
 * Predictor<float[], Classifications> predictor = model.newPredictor(translator);
 * }</pre>
 *
 * @param checkpoint what was read; the arena that it was read with decides how long it can be used
 */
public record Trained(StoredCheckpoint checkpoint) {

  /**
   * Reads a file.
   *
   * @param file a checkpoint
   * @param arena decides how long it can be used, and by which threads
   * @return the checkpoint
   * @throws UserException if it is missing, unreadable or damaged
   */
  public static Trained read(Path file, Arena arena) {
    try {
      return new Trained(StoredCheckpoint.read(file, arena));
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  /**
   * Reads the newest checkpoint in a folder. Nothing is locked or changed there.
   *
   * @param folder the folder of checkpoints
   * @param arena decides how long it can be used, and by which threads
   * @param problems is told of each damaged file that was passed over
   * @return the checkpoint
   * @throws UserException if there is none or it cannot be read
   */
  public static Trained newest(Path folder, Arena arena, Consumer<String> problems) {
    try {
      return new SavedCheckpoints(folder)
          .newest(arena, problems)
          .map(Trained::new)
          .orElseThrow(
              () -> new UserException("The folder " + folder + " has no checkpoint to read."));
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  /**
   * Reads the checkpoint that was best on validation, or the newest where none was validated.
   *
   * @param folder the folder of checkpoints
   * @param arena decides how long it can be used, and by which threads
   * @param problems is told of each damaged file that was passed over
   * @return the checkpoint
   * @throws UserException if there is none or it cannot be read
   */
  public static Trained best(Path folder, Arena arena, Consumer<String> problems) {
    var newest = newest(folder, arena, problems);
    try {
      return new SavedCheckpoints(folder)
          .best(newest.choice().better(), arena, _ -> {})
          .map(Trained::new)
          .orElse(newest);
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  private static UserException told(CheckpointException failure) {
    return new UserException(String.valueOf(failure.getMessage()), failure);
  }

  /**
   * What the network was called.
   *
   * @return the name given to {@link Network}
   */
  public String network() {
    return fact(RunIdentity.NETWORK);
  }

  /**
   * What inputs and outputs mean.
   *
   * @return the description of the data it was trained on
   */
  public DataDescription data() {
    return DataDescription.of(Texts.below(checkpoint.checkpoint().metadata(), RunState.DATA));
  }

  /**
   * By what the best epoch is chosen.
   *
   * @return the metric
   */
  public Choice choice() {
    return Choice.of(data().task(), fact(RunIdentity.CHOSEN_BY));
  }

  /**
   * How far the run was.
   *
   * @return how many epochs were whole
   */
  public long epochs() {
    return Progress.of(Texts.below(checkpoint.checkpoint().metadata(), RunState.PROGRESS)).epoch();
  }

  private String fact(String name) {
    return Optional.ofNullable(checkpoint.checkpoint().metadata().get(RunState.IDENTITY + name))
        .orElseThrow(
            () ->
                new UserException(
                    "%s was not written by a training: it does not say %s."
                        .formatted(checkpoint.file(), name)));
  }

  /**
   * Whether the run kept averages of its weights, by the stage {@code ema}, and so was measured by
   * them.
   *
   * @return true if {@link #into} gives averages
   */
  public boolean averaged() {
    return !Averages.among(checkpoint.checkpoint().tensors().values()).isEmpty();
  }

  /**
   * Whether the run has learned something about single examples that another can begin with.
   *
   * @return true if {@link Training#instancesFrom} can take it over
   */
  public boolean knowsExamples() {
    return KnownInstances.among(checkpoint.checkpoint().tensors()).isPresent();
  }

  /**
   * Gives a network the weights of the checkpoint, or their averages where the run kept them: what
   * its validation and test figures are about.
   *
   * @param network one of the same layers
   * @throws UserException naming the parameters that differ; nothing is changed then
   */
  public void into(Network network) {
    var tensors = new HashMap<>(checkpoint.checkpoint().tensors());
    tensors.putAll(Averages.among(checkpoint.checkpoint().tensors().values()));
    network.load(data().inputShape(), tensors);
  }
}
