package dev.gradus.djl.instance;

import dev.gradus.UserException;
import dev.gradus.safetensors.Tensor;
import java.util.Map;

/** Numbers for instances or classes as a checkpoint holds them. */
final class SavedNumbers {
  private SavedNumbers() {}

  /**
   * Finds the numbers for a tensor.
   *
   * @param own the tensor that will take them
   * @param saved the tensors of the checkpoint by name
   * @param smallest the smallest number that is possible
   * @return the saved tensor of the same name
   * @throws UserException if there is none of the same shape, or if a number is not possible
   */
  static Tensor of(Tensor own, Map<String, Tensor> saved, double smallest) {
    Tensor found = saved.get(own.name());
    if (found == null || found.dtype() != own.dtype() || !found.shape().equals(own.shape())) {
      throw new UserException(
          "The checkpoint has no '%s' for the instances of these data; begin a new run."
              .formatted(own.name()));
    }
    float[] values = found.floats();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= smallest && Float.isFinite(values[i]))) {
        throw new UserException(
            "Number %d of '%s' in the checkpoint is %s, which can't be; go on from an older"
                    .formatted(i, own.name(), values[i])
                + " checkpoint, or begin a new run.");
      }
    }
    return found;
  }
}
