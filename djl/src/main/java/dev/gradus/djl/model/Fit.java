package dev.gradus.djl.model;

import dev.gradus.UserException;
import dev.gradus.djl.data.Task;
import java.util.List;

/** Which inputs and tasks a model can take. */
final class Fit {

  private Fit() {}

  static void requireImages(Model model, List<Long> inputShape, Task task) {
    requireNoText(model, task);
    if (inputShape.size() != 3) {
      throw new UserException(
          "The model "
              + model
              + " takes images of (channels, height, width), but one input has the shape "
              + inputShape
              + "; choose mlp.");
    }
  }

  static void requireNoText(Model model, Task task) {
    if (task instanceof Task.NextToken) {
      throw new UserException("The model " + model + " cannot learn text; choose char-lstm.");
    }
  }

  static void requireText(Model model, Task task) {
    if (!(task instanceof Task.NextToken)) {
      throw new UserException(
          "The model " + model + " learns text only; choose mlp, or lenet-bn for images.");
    }
  }

  /** How often an image can be halved before a side has less than one pixel. */
  static int halvings(List<Long> imageShape) {
    long side = Math.min(imageShape.get(1), imageShape.get(2));
    return 63 - Long.numberOfLeadingZeros(side);
  }
}
