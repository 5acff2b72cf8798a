package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.LocalParameterServer;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.PairList;
import java.util.Map;

/** A block of given arrays, to be updated as DJL's trainer does it, without a forward pass. */
final class Holder extends AbstractBlock {
  Holder(Map<String, NDArray> arrays) {
    arrays.forEach(this::hold);
  }

  private void hold(String name, NDArray array) {
    array.setRequiresGradient(true);
    var parameter = Parameter.builder().setName(name).setType(Parameter.Type.WEIGHT).build();
    parameter.setArray(array);
    addParameter(parameter);
  }

  Parameter parameter(String name) {
    return getDirectParameters().get(name);
  }

  /** Does with one parameter what a trainer's step does, with replicas of the weight if given. */
  void update(Optimizer optimizer, String name, NDArray gradient, NDArray... replicas) {
    var weights = new NDArray[replicas.length + 1];
    var gradients = new NDArray[replicas.length + 1];
    weights[0] = parameter(name).getArray();
    gradients[0] = gradient.duplicate();
    for (int i = 0; i < replicas.length; i++) {
      weights[i + 1] = replicas[i];
      gradients[i + 1] = gradient.zerosLike();
    }
    new LocalParameterServer(optimizer).update(parameter(name).getId(), gradients, weights);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      PairList<String, Object> params) {
    throw new UnsupportedOperationException("Nothing is computed");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }
}
