package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;

/**
 * How a dictionary M learns from scores S and activations A. Neither way makes ‖A − S M‖² of the
 * examples larger, for any pace in (0, 1].
 */
public enum DictionaryUpdate {
  /**
   * M ← max(0, M − pace × Sᵀ(S M − A) ÷ (SᵀS 1)): each row has the step that is stable for it, by
   * the sum of its row of SᵀS.
   */
  PROJECTED {
    @Override
    NDArray next(NDArray rows, NDArray products, NDArray targets, double pace) {
      var steps = products.sum(new int[] {1}, true).add(TINY);
      return rows.sub(products.matMul(rows).sub(targets).div(steps).mul(pace)).maximum(0);
    }
  },

  /**
   * M ← M × (1 − pace + pace × SᵀA ÷ SᵀS M), entry by entry (Lee and Seung 2001). What is 0 stays
   * 0.
   */
  MULTIPLICATIVE {
    @Override
    NDArray next(NDArray rows, NDArray products, NDArray targets, double pace) {
      var quotients = targets.add(TINY).div(products.matMul(rows).add(TINY));
      return rows.mul(quotients.mul(pace).add(1 - pace));
    }
  };

  private static final double TINY = 1e-9;

  /**
   * The next dictionary.
   *
   * @param products SᵀS
   * @param targets SᵀA
   */
  abstract NDArray next(NDArray rows, NDArray products, NDArray targets, double pace);

  /** The next dictionary. */
  NDArray next(NDArray rows, NDArray scores, NDArray outputs, NDArray across, double pace) {
    return next(rows, across.matMul(scores), across.matMul(outputs), pace);
  }
}
