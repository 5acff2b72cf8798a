package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/**
 * Activations A that are there already, made into S × M by updates of S and M in turns. What is
 * right for M is right for S when all is turned around.
 */
final class Factorising implements AutoCloseable {
  /** What a score begins with at least, since multiplication leaves zeros alone. */
  private static final double TINY = 1e-6;

  private final NDManager manager = NDManager.newBaseManager();
  private final DictionaryUpdate update;
  private final NDArray activations;
  private NDArray rows;
  private NDArray scores;

  Factorising(float[][] activations, float[][] first, DictionaryUpdate update) {
    this.update = update;
    this.activations = manager.create(activations);
    rows = manager.create(first);
    scores = kept(() -> Dictionary.FREE.scores(rows, this.activations).add(TINY));
  }

  void round() {
    var before = scores;
    scores =
        kept(
            () ->
                update
                    .next(before.transpose(), rows.transpose(), activations.transpose(), rows, 1)
                    .transpose());
    before.close();
    var old = rows;
    rows = kept(() -> update.next(old, scores, activations, scores.transpose(), 1));
    old.close();
  }

  /** The dictionary, its rows not yet of length 1. */
  float[][] rows() {
    return Rows.of(rows).rows();
  }

  /** ‖A − S M‖². */
  double error() {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return activations.sub(scores.matMul(rows)).square().sum().getFloat();
    }
  }

  /** Frees all arrays of a computation but its result. */
  private static NDArray kept(Supplier<NDArray> computation) {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var result = computation.get();
      NDScope.unregister(result);
      return result;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
