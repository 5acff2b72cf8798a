package dev.gradus.bench.layerwise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.Examples;

/**
 * All examples of a part at once.
 *
 * @param inputs in their shape
 * @param classes their numbers
 */
record WholePart(NDArray inputs, NDArray classes) {

  static WholePart of(Examples examples, NDManager manager) {
    int size = examples.size();
    int length = examples.inputLength();
    var inputs = new float[size * length];
    var classes = new float[size];
    for (int example = 0; example < size; example++) {
      examples.input(example, inputs, example * length);
      examples.target(example, classes, example);
    }
    var shape = new Shape(size).addAll(new Shape(examples.inputShape()));
    return new WholePart(
        manager.create(inputs, shape), manager.create(classes).toType(DataType.INT64, false));
  }

  /** The inputs, an example a row. */
  NDArray rows() {
    return inputs.reshape(inputs.size(0), -1);
  }

  /** The classes with one 1 a row. */
  NDArray oneHot(int count) {
    return classes.oneHot(count);
  }

  /** The share of examples whose class a network finds. */
  double accuracy(Network network) {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var found = network.forward(inputs, false).argMax(1);
      return (double) found.eq(classes).sum().getLong() / classes.size();
    }
  }
}
