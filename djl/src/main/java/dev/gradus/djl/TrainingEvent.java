package dev.gradus.djl;

import dev.gradus.exchange.Traffic;
import dev.gradus.safetensors.Tensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Something that happened in a run, in the order in which it happens. */
public sealed interface TrainingEvent {

  /**
   * The run begins or goes on.
   *
   * @param step steps made before, 0 for a new run; what was recorded of later steps is void
   * @param totalSteps steps of the whole run
   * @param epochs epochs of the whole run
   * @param weights how many trained numbers the network has
   * @param problems one sentence about each thing to know, such as a damaged checkpoint or another
   *     number of threads than before
   */
  record Started(long step, long totalSteps, long epochs, long weights, List<String> problems)
      implements TrainingEvent {}

  /**
   * A step was made.
   *
   * @param step its number, from 0
   * @param epoch its epoch, from 0
   * @param loss the weighted mean loss of its batch, before the step
   * @param examplesPerSecond the speed of late
   * @param remaining how long the steps to the end of the run take at that speed
   * @param learningRate the learning rate of the first parameter in it
   * @param measured for each tensor, if this step was measured: {@code gradientNorm}, {@code
   *     weightNorm}, {@code updateNorm} and what the rules measure
   * @param elapsed time since this process began the run
   */
  record StepDone(
      long step,
      long epoch,
      double loss,
      double examplesPerSecond,
      Duration remaining,
      double learningRate,
      Map<String, Map<String, Double>> measured,
      Duration elapsed)
      implements TrainingEvent {}

  /**
   * A step was left out because something was not finite.
   *
   * @param step its number, from 0
   * @param what the loss, or the gradient of which parameter
   * @param skipped how many steps were left out so far
   * @param elapsed time since this process began the run
   */
  record StepSkipped(long step, String what, long skipped, Duration elapsed)
      implements TrainingEvent {}

  /**
   * An epoch ended.
   *
   * @param step steps made so far
   * @param epoch its number, from 0
   * @param trainLoss the mean loss of its examples, each at the time of its step
   * @param validation the validation metrics after it; empty without validation examples
   * @param best whether it is the best epoch so far
   * @param elapsed time since this process began the run
   */
  record EpochDone(
      long step,
      long epoch,
      double trainLoss,
      SequencedMap<String, Double> validation,
      boolean best,
      Duration elapsed)
      implements TrainingEvent {}

  /**
   * An instance method has learned in an epoch that is about to end; told only if it has a state.
   *
   * @param epoch its number, from 0
   * @param state what the method has learned so far, by names that begin with {@code instances/};
   *     the memory is the live one and may be read during the call only
   */
  record InstancesLearned(long epoch, List<Tensor> state) implements TrainingEvent {
    /** Copies the list. */
    public InstancesLearned {
      state = List.copyOf(state);
    }
  }

  /**
   * Something to know has shown itself in the run, such as rates that tell no examples apart. Each
   * such thing is told once.
   *
   * @param step steps made so far
   * @param sentence one sentence with the measured figure
   */
  record Noticed(long step, String sentence) implements TrainingEvent {}

  /**
   * A checkpoint is on the disk.
   *
   * @param step steps made so far
   * @param file where it is
   * @param duration how long training waited for it
   */
  record CheckpointWritten(long step, Path file, Duration duration) implements TrainingEvent {}

  /**
   * An epoch of one of several workers has ended; told behind {@link EpochDone}.
   *
   * @param step steps made so far
   * @param traffic what this worker has sent since the run was started
   */
  record Exchanged(long step, Traffic traffic) implements TrainingEvent {}

  /**
   * The run ended or was interrupted.
   *
   * @param result what came of it
   */
  record Ended(TrainingResult result) implements TrainingEvent {}
}
