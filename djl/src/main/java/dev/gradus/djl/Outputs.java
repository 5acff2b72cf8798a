package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

/** Keeps what a network says about the parts of a batch until all have been computed. */
final class Outputs implements AutoCloseable {
  private final NDManager manager;
  private final NDList parts = new NDList();

  Outputs(Network network) {
    manager = network.newScope();
  }

  /** Keeps values that would be freed at the end of their part; they are not copied. */
  void keep(NDArray outputs) {
    var kept = outputs.stopGradient();
    NDScope.unregister(kept);
    kept.attach(manager);
    parts.add(kept);
  }

  NDArray joined() {
    return parts.size() == 1 ? parts.head() : NDArrays.concat(parts);
  }

  @Override
  public void close() {
    manager.close();
  }
}
