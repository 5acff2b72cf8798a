package dev.gradus.djl;

import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.exchange.Traffic;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Those who make the steps of a run together, as the loop of one of them sees them: {@link Alone},
 * or one of a {@link Team}.
 *
 * <p>Every worker has all of the network and of the optimizer's state, computes the gradient of its
 * part of each batch, and makes the step with the mean of all gradients. The worker of rank 0
 * leads: it knows what the others begin with, and keeps the checkpoints.
 */
sealed interface Workers permits Alone, Team {

  /** What is to happen after a step. */
  record Wishes(boolean checkpoint, boolean stop) {
    static final Wishes NONE = new Wishes(false, false);
  }

  /**
   * What came of the backward passes of a step.
   *
   * @param loss the mean over the batch
   * @param notFinite what is not finite, if anything is
   * @param diverged a clause about what has grown without bound, if anything has
   */
  record Verdict(double loss, Optional<String> notFinite, Optional<String> diverged) {
    static final String LOSS = "the loss";
  }

  int rank();

  int count();

  default boolean lead() {
    return rank() == 0;
  }

  /** The part of a batch that is this worker's. */
  default Selection part(Selection whole) {
    var places = Range.cut(whole.indices().length, count()).get(rank());
    return whole.part(places);
  }

  /** Refuses workers that run something else. */
  void requireSame(SequencedMap<String, String> facts);

  /** Goes back to the newest step of which all workers have a checkpoint. */
  void align(CheckpointKeeper keeper, Consumer<String> problems);

  /** Gives all workers what the leader begins with; nothing for the leader itself. */
  Optional<Checkpoint> share(Checkpoint leaders);

  /** The largest of what all workers have measured, each as many numbers. */
  List<Double> largest(List<Double> measured);

  /**
   * Agrees on what came of a step's backward passes and on what is done after the step.
   *
   * @param diverged what has grown without bound here
   */
  Verdict agree(double loss, ParameterBinding gradients, Optional<String> diverged, long step);

  /** What is done after the step, given what this worker wishes now. */
  Wishes agreed(LongFunction<Wishes> now, long step);

  /** Replaces the gradients by the mean of all workers'. */
  void average(long step, ParameterBinding gradients);

  /** Makes sure after a step that all workers have the same weights. */
  void compare(long step, ParameterBinding weights);

  /** Replaces the running statistics by the mean of all workers'. */
  void averageStatistics();

  /** What this worker alone remembers between two steps. */
  List<Tensor> remembered();

  /** Takes over what was remembered after a step, also by workers that are no more. */
  void restore(long step, Map<String, Tensor> saved);

  /** What was sent to the others. */
  Optional<Traffic> traffic();
}
