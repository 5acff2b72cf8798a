package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the gradients of a step are made from a batch: by back-propagation through the whole network,
 * or otherwise. Everything around it stays the same: data, rules, checkpoints, telemetry.
 *
 * <p>The object is a description without a state; its {@code toString} is kept in checkpoints and
 * compared when resuming. {@link #start} makes what works in one run.
 */
public interface TrainingMethod {

  /** One backward pass through the whole network. */
  TrainingMethod BACK_PROPAGATION =
      new TrainingMethod() {
        @Override
        public Running start(Network network, DataSet data) {
          return new BackPropagation(network);
        }

        @Override
        public String toString() {
          return "back-propagation";
        }
      };

  /**
   * Begins a run.
   *
   * @param network what is trained; its parameters have values
   * @param data what is learned from
   * @return what makes the gradients
   * @throws UserException if the method can't train such a network
   */
  Running start(Network network, DataSet data);

  /**
   * Refuses a network that it can't train, as far as that is known before a run begins.
   *
   * @param network a network whose parameters have shapes
   * @throws UserException telling why
   */
  default void require(Network network) {}

  /**
   * How often a step updates the weights, each time with gradients of the same batch.
   *
   * @return 1 or more
   */
  default int updates() {
    return 1;
  }

  /**
   * Whether several workers may share a batch, because nothing is remembered of single examples.
   *
   * @return whether the mean of the workers' gradients can stand for that of the batch
   */
  default boolean sharesBatches() {
    return true;
  }

  /**
   * Whether the loss of every example is looked at.
   *
   * @return false if some are taken for examples without a label
   */
  default boolean usesAllLabels() {
    return true;
  }

  /**
   * Refuses several workers, unless they may share batches.
   *
   * @throws UserException telling the remedy
   */
  default void requireSharing() {
    if (!sharesBatches()) {
      throw new UserException(
          "%s can't be shared by several workers; train online with one iteration for each batch, or with one worker."
              .formatted(this));
    }
  }

  /** The method at work in one run. */
  interface Running {
    /**
     * Before the method measures or makes gradients in a step, for what learns beside the rules and
     * is to come to rest with them.
     *
     * @param multiplier what the schedule makes of the learning rate of the first parameter; 1 for
     *     the base rate
     */
    default void scheduled(double multiplier) {}

    /**
     * A step begins.
     *
     * @return whether something is measured for it that all workers are to know alike; the same at
     *     all of them
     */
    default boolean measures() {
      return false;
    }

    /**
     * Measures that, by the weights before the step. What it computes is freed afterwards.
     *
     * @param part the first examples of this worker's batch
     * @return as many numbers at every worker
     */
    default List<Double> measure(BatchPart part) {
      return List.of();
    }

    /**
     * Takes over what all have measured.
     *
     * @param largest over all workers, in the order of {@link #measure}; not a number if one is not
     * @throws UserException if the run can't go on with them
     */
    default void agreed(List<Double> largest) {}

    /**
     * Adds the gradients of a part of a batch to those of the parameters. What it computes is freed
     * afterwards.
     *
     * @param part the examples
     * @param update which update of the step it is for, from 0
     * @return the part's share in the mean loss of the batch; if it is not finite, so that nothing
     *     needs to be added
     */
    double gradients(BatchPart part, int update);

    /**
     * Changes how much examples count in the loss, behind everything else that does.
     *
     * @param examples some of a batch
     * @param weights of each of them
     */
    default void weigh(Batch examples, float[] weights) {}

    /**
     * The weights were updated.
     *
     * @param part a part of the batch that they were updated with
     * @param update which update of the step it was, from 0
     */
    default void updated(BatchPart part, int update) {}

    /**
     * What has grown without bound, if anything did; it is asked before each update, and ends the
     * run of all workers.
     *
     * @return a clause such as {@code the residual of block 2 is 3e9 times its outputs}
     */
    default Optional<String> divergence() {
      return Optional.empty();
    }

    /**
     * What was measured in the last step.
     *
     * @return figures by name, for each part of the network that has any
     */
    default Map<String, Map<String, Double>> measured() {
      return Map.of();
    }

    /**
     * What there is to tell the user since it was last asked; it is asked behind every step.
     *
     * @return one sentence about each thing
     */
    default List<String> remarks() {
      return List.of();
    }

    /**
     * What a run needs to go on.
     *
     * @return tensors whose names begin with {@code method/}; their memory is the live one
     */
    default List<Tensor> state() {
      return List.of();
    }

    /**
     * Takes over a saved state.
     *
     * @param saved tensors by name, those of {@link #state} among them
     * @throws UserException if they are not those of this method
     */
    default void restore(Map<String, Tensor> saved) {}
  }
}
