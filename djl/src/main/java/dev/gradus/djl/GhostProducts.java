package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Inner products by a {@link GhostPass} for each part of a batch; no weight is moved.
 *
 * @param before the weights before the step
 */
record GhostProducts(
    Training training, List<Block> layers, ParameterValues before, Direction direction)
    implements InnerProducts {

  @Override
  public double[] of(Batch batch, long step) {
    var products = new double[batch.size()];
    int place = 0;
    for (var part : Part.of(training, batch, step, 0)) {
      for (double product : ofPart(part.seeded())) {
        products[place++] = product;
      }
    }
    return products;
  }

  private double[] ofPart(Batch part) {
    var arrays = new BatchArrays(part, training.data.train());
    try (var scope = new NDScope();
        var manager = training.network.newScope()) {
      scope.suppressNotUsedWarning();
      var targets = arrays.targets(manager);
      var weights = given(manager, before.memory(), values -> values);
      var along = given(manager, direction.values(), NDArray::zerosLike);
      return new GhostPass(layers, weights, along)
          .products(arrays.inputs(manager), outputs -> training.loss.ofEach(outputs, targets));
    }
  }

  /** Gives the trained parameters values, in their order. */
  private GivenValues given(
      NDManager manager, List<MemorySegment> values, UnaryOperator<NDArray> frozen) {
    var given = new GivenValues(manager, frozen);
    var trained = before.members();
    for (int index = 0; index < trained.size(); index++) {
      var named = trained.get(index);
      given.with(named.parameter(), Native.array(manager, values.get(index), named.dimensions()));
    }
    return given;
  }
}
