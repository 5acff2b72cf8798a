package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * How scores are found when a dictionary is given: the S ≥ 0 that makes ½‖A − S M‖² + price × ΣS
 * small, by projected gradient steps with Nesterov's momentum. If an example may use only some of
 * the factors, it keeps its largest scores, and they are searched for again with the others at 0.
 *
 * <p>Reference: Beck and Teboulle, A Fast Iterative Shrinkage-Thresholding Algorithm, SIAM Journal
 * on Imaging Sciences 2, 2009; Makhzani and Frey, k-Sparse Autoencoders, ICLR 2014.
 *
 * @param price of each unit of a score
 * @param used which share of the factors an example uses at most, rounded down, but never to none
 * @param iterations how many steps a search has
 */
record Scoring(double price, double used, int iterations) {

  /** A share of 0.29 is 29 of 100. */
  private static final double ROUNDING = 1e-6;

  /**
   * The scores of examples. Everything lives as long as the activations, not as the dictionary,
   * which a service keeps for ever.
   *
   * @param rows the dictionary M, a factor a row
   * @param outputs the activations A, an example a row
   * @return an example a row
   */
  NDArray scores(NDArray rows, NDArray outputs) {
    var across = rows.transpose();
    across.attach(outputs.getManager());
    var products = across.transpose().matMul(across);
    var targets = outputs.matMul(across).sub(price);
    double step = 1 / Spectrum.largest(products);
    var scores = search(products, targets, step, UnaryOperator.identity());
    if (most(scores) == scores.getShape().get(1)) {
      return scores;
    }
    var kept = largest(scores).gt(0).toType(scores.getDataType(), false);
    return search(products, targets, step, values -> values.mul(kept));
  }

  /** Scores behind a step of some size, brought to where they may be. */
  NDArray nearest(NDArray scores, double step) {
    return largest(scores.sub(step * price).maximum(0));
  }

  private NDArray search(
      NDArray products, NDArray targets, double step, UnaryOperator<NDArray> within) {
    var scores = targets.zerosLike();
    var ahead = scores;
    double momentum = 1;
    for (int i = 0; i < iterations; i++) {
      var moved = ahead.sub(ahead.matMul(products).sub(targets).mul(step)).maximum(0);
      var next = within.apply(moved);
      double following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      ahead = next.add(next.sub(scores).mul((momentum - 1) / following));
      scores = next;
      momentum = following;
    }
    return scores;
  }

  /** The others are 0; of equal ones there may be more. */
  private NDArray largest(NDArray scores) {
    int most = most(scores);
    if (most == scores.getShape().get(1)) {
      return scores;
    }
    var least = scores.topK(most, 1).get(0).min(new int[] {1}, true);
    return scores.mul(scores.gte(least).toType(scores.getDataType(), false));
  }

  private int most(NDArray scores) {
    return (int) Math.max(1, used * scores.getShape().get(1) + ROUNDING);
  }
}
