package dev.gradus.djl;

import dev.gradus.Parameter;
import dev.gradus.engine.Tensors;
import java.util.List;

/**
 * What happens to the gradients between the backward pass and the optimizer's step: nothing on one
 * machine, an exchange with other workers on several.
 */
@FunctionalInterface
public interface Exchange {

  /** Leaves the gradients as they are. */
  Exchange NONE = (_, _, _) -> {};

  /**
   * Changes the gradients in place.
   *
   * @param step the number of the step, from 0
   * @param parameters the trained parameters, in the order of the tensors' indices
   * @param tensors where weights and gradients lie; valid until this method returns
   */
  void exchange(long step, List<Parameter> parameters, Tensors tensors);
}
