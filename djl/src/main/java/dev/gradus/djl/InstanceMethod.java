package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import dev.gradus.djl.data.DataSet;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;

/**
 * How training copes with examples that can't all be trusted alike, such as examples whose labels
 * may be wrong: by weighing each, and by learning its weight.
 *
 * <p>The object is a description without a state; its {@code toString} is kept in checkpoints and
 * compared when resuming. {@link #start} makes what works in one run.
 */
public interface InstanceMethod {

  /** Every example counts as much as its class says. */
  InstanceMethod UNIFORM =
      new InstanceMethod() {
        @Override
        public Running start(DataSet data) {
          return (_, _, _) -> {};
        }

        @Override
        public String toString() {
          return "uniform";
        }
      };

  /**
   * Begins a run.
   *
   * @param data what is learned from
   * @return what weighs the examples of its training part
   */
  Running start(DataSet data);

  /**
   * How many trusted examples a step looks at.
   *
   * @return 0 if the method needs none
   */
  default int trustedBatch() {
    return 0;
  }

  /**
   * Which share of the trusted gradient that a step asks along comes from the looks before; the
   * rest is that of the examples that it looks at.
   *
   * @return in [0, 1); 0 to forget earlier looks
   */
  default double memory() {
    return 0;
  }

  /**
   * Refuses a loss that the method can't work with.
   *
   * @param loss what is minimised
   * @throws dev.gradus.UserException if it is not the loss that the method needs
   */
  default void require(Loss loss) {}

  /**
   * By what way the inner products that the method asks for are taken.
   *
   * @return the way; without meaning for a method that needs no trusted examples
   */
  default Products products() {
    return Products.CHEAPER;
  }

  /** The method at work in one run. */
  @FunctionalInterface
  interface Running {
    /**
     * What the loss sees of a network's outputs in training, such as outputs at another
     * temperature. Neither validation nor later use does this.
     *
     * @param part some training examples
     * @param outputs the network's outputs for them
     * @return as many outputs; new arrays must belong to the manager of the old ones
     */
    default NDArray outputs(Batch part, NDArray outputs) {
      return outputs;
    }

    /**
     * Weighs a batch or a part of it, after the forward pass.
     *
     * @param part some training examples
     * @param losses the loss of each
     * @param weights the weight that each has by its class, to be multiplied in place by a factor
     *     of 0 or more
     */
    void weigh(Batch part, float[] losses, float[] weights);

    /**
     * A step has ended.
     *
     * @param batch the examples that it learned from
     * @param made whether weights have changed; false if something was not finite
     */
    default void stepped(Batch batch, boolean made) {}

    /**
     * Looks at a batch before the step, if the method needs trusted examples.
     *
     * @param batch the examples that the step will learn from
     * @param probe what can be asked, at the weights of now
     */
    default void before(Batch batch, Probe probe) {}

    /**
     * Learns from a step that was taken, if the method needs trusted examples.
     *
     * @param batch the examples that the step learned from
     * @param probe what can be asked, at the weights before and after
     */
    default void after(Batch batch, Probe probe) {}

    /**
     * What there is to tell the user since it was last asked; it is asked behind every step.
     *
     * @return one sentence about each thing, with the measured figure; usually nothing
     */
    default List<String> remarks() {
      return List.of();
    }

    /**
     * What a run needs to go on.
     *
     * @return tensors whose names begin with {@code instances/}; their memory is the live one
     */
    default List<Tensor> state() {
      return List.of();
    }

    /**
     * Takes over a saved state.
     *
     * @param saved tensors by name, those of {@link #state} among them
     */
    default void restore(Map<String, Tensor> saved) {}
  }
}
