package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.Examples;
import java.util.function.UnaryOperator;

/**
 * Reads examples through a network, in order; nothing is learned.
 *
 * @param batch how many at a time
 * @param pass what the network computes
 */
record Reading(Network network, int batch, UnaryOperator<NDArray> pass) {

  /** Through all of it. */
  Reading(Network network, int batch) {
    this(network, batch, inputs -> network.forward(inputs, false));
  }

  /** Sees a batch; its arrays are freed afterwards. */
  @FunctionalInterface
  interface Visitor {
    void visit(Batch batch, NDArray outputs, NDArray targets);
  }

  void of(Examples examples, Visitor visitor) {
    var batches = Batches.inOrder(examples.size(), batch).from(0, 0, 1);
    try (var prefetch = new Prefetch(examples, new Augmentation.None(), 0, batch, batches)) {
      while (prefetch.hasNext()) {
        var read = prefetch.next();
        Torch.withoutGradients(() -> visit(new BatchArrays(read, examples), visitor));
      }
    }
  }

  private Batch visit(BatchArrays arrays, Visitor visitor) {
    try (var manager = network.newScope()) {
      visitor.visit(arrays.batch(), outputs(arrays.inputs(manager)), arrays.targets(manager));
      return arrays.batch();
    }
  }

  /** Frees what a block leaves behind. */
  private NDArray outputs(NDArray inputs) {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var outputs = pass.apply(inputs);
      NDScope.unregister(outputs);
      outputs.attach(inputs.getManager());
      return outputs;
    }
  }
}
