package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;

/**
 * The scores of examples when a dictionary is given: the S ≥ 0 that makes ½‖A − S M‖² + price × ΣS
 * small, by projected gradient steps with Nesterov's momentum.
 *
 * <p>Reference: Beck and Teboulle, A Fast Iterative Shrinkage-Thresholding Algorithm, SIAM Journal
 * on Imaging Sciences 2, 2009.
 *
 * @param rows the dictionary M, a factor a row
 * @param price of each unit of a score
 * @param iterations how many steps
 */
record ScoreSearch(NDArray rows, double price, int iterations) {

  /** The scores of examples, one a row. */
  NDArray of(NDArray outputs) {
    var across = rows.transpose();
    var products = rows.matMul(across);
    var targets = outputs.matMul(across).sub(price);
    double step = 1 / Spectrum.largest(products);
    var scores = targets.zerosLike();
    var ahead = scores;
    double momentum = 1;
    for (int i = 0; i < iterations; i++) {
      var next = ahead.sub(ahead.matMul(products).sub(targets).mul(step)).maximum(0);
      double following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      ahead = next.add(next.sub(scores).mul((momentum - 1) / following));
      scores = next;
      momentum = following;
    }
    return scores;
  }
}
