package dev.gradus.djl.admm;

import dev.gradus.UserException;
import dev.gradus.safetensors.Tensor;
import java.util.Map;

/** What a checkpoint holds for a method. */
final class Saved {
  private Saved() {}

  /**
   * The saved tensor in the place of a present one.
   *
   * @throws UserException if there is none of its name, kind and shape
   */
  static Tensor of(Tensor present, Map<String, Tensor> saved) {
    var found = saved.get(present.name());
    if (found == null
        || found.dtype() != present.dtype()
        || !found.shape().equals(present.shape())) {
      throw new UserException(
          "The checkpoint has no '%s' of shape %s, which block-admm needs to go on; begin a new run."
              .formatted(present.name(), present.shape()));
    }
    return found;
  }
}
