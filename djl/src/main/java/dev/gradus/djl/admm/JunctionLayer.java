package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.gradus.UserException;

/**
 * A layer through which no gradient passes. A {@link BlockMethod} cuts a network behind it, and
 * trains what is below by the auxiliary variables behind the layer.
 */
abstract sealed class JunctionLayer extends AbstractBlock permits FactorLayer, ProjectionLayer {

  /** What the layer means between two blocks. */
  abstract Junction junction();

  /** Block-ADMM passes its blocks only, so in training nothing else than a mistake comes here. */
  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray outputs = inputs.singletonOrThrow();
    if (training) {
      throw new UserException(
          "No gradient passes a %s, so back-propagation can't train what is below it; train it by blocks, with block-admm or deepfacto."
              .formatted(getClass().getSimpleName()));
    }
    return new NDList(junction().passed(outputs.stopGradient()));
  }
}
