package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.gradus.UserException;

/**
 * A loss of DJL, example by example.
 *
 * <p>DJL's losses give one number for a batch, which for most is the mean over its examples. So
 * each example is given to it as a batch of one. That this is the same is tested on the first
 * batch.
 */
final class DjlLoss implements Loss {
  private static final double TOLERANCE = 1e-3;

  private final ai.djl.training.loss.Loss loss;
  private boolean tested;

  DjlLoss(ai.djl.training.loss.Loss loss) {
    this.loss = loss;
  }

  @Override
  public NDArray ofEach(NDArray outputs, NDArray targets) {
    long examples = outputs.size(0);
    var answers = outputs.split(examples);
    var labels = targets.split(examples);
    var each = new NDList();
    for (int place = 0; place < examples; place++) {
      each.add(number(evaluate(labels.get(place), answers.get(place))));
    }
    var all = NDArrays.stack(each);
    if (!tested) {
      test(all, evaluate(targets, outputs));
      tested = true;
    }
    return all;
  }

  private NDArray evaluate(NDArray labels, NDArray outputs) {
    return loss.evaluate(new NDList(labels), new NDList(outputs));
  }

  private NDArray number(NDArray value) {
    if (value.size() != 1) {
      throw new UserException(
          "The loss %s gives %s numbers for one example instead of one; write it as a %s."
              .formatted(loss.getName(), value.getShape(), Loss.class.getName()));
    }
    return value.flatten().squeeze();
  }

  private void test(NDArray each, NDArray together) {
    double mean = each.mean().getFloat();
    double whole = number(together).getFloat();
    if (Math.abs(mean - whole) > TOLERANCE * Math.max(1, Math.abs(whole))) {
      throw new UserException(
          "The loss %s of a batch, %s, is not the mean over its examples, %s; write it as a %s."
              .formatted(loss.getName(), whole, mean, Loss.class.getName()));
    }
  }

  @Override
  public String toString() {
    return "DJL's " + loss.getName();
  }
}
