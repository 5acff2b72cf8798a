package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A loss as DJL's evaluators take it: the mean over the examples of a batch. */
final class DjlMean extends ai.djl.training.loss.Loss {
  private final Loss loss;

  DjlMean(Loss loss) {
    super(loss.toString());
    this.loss = loss;
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    return loss.ofEach(predictions.singletonOrThrow(), labels.singletonOrThrow()).mean();
  }
}
