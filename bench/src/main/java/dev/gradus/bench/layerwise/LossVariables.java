package dev.gradus.bench.layerwise;

import ai.djl.ndarray.NDArray;

/**
 * The z behind which the cross entropy is: Σ ℓ(z) + ρ/2 ‖z − centre‖² made small by gradient steps
 * with the momentum that suits its least and its largest curvature, ρ and ρ + ½. After so many the
 * sum is no larger than before as long as √(1 + 1 ÷ 2ρ) &lt; 35.
 *
 * <p>Reference: Nesterov, Introductory Lectures on Convex Optimization, 2004, scheme 2.2.11.
 *
 * @param classes one 1 a row
 * @param rho the penalty
 */
record LossVariables(NDArray classes, double rho) {
  private static final int STEPS = 25;

  /** The largest eigenvalue that the second derivative of a cross entropy can have. */
  private static final double CURVATURE = 0.5;

  NDArray nearest(NDArray from, NDArray centre) {
    double largest = CURVATURE + rho;
    double momentum = (Math.sqrt(largest) - Math.sqrt(rho)) / (Math.sqrt(largest) + Math.sqrt(rho));
    var now = from;
    var ahead = from;
    for (int step = 0; step < STEPS; step++) {
      var gradient = ahead.softmax(1).sub(classes).add(ahead.sub(centre).mul(rho));
      var next = ahead.sub(gradient.div(largest));
      ahead = next.add(next.sub(now).mul(momentum));
      now = next;
    }
    return now;
  }

  /** The sum of the losses. */
  double of(NDArray linear) {
    return -linear.logSoftmax(1).mul(classes).sum().getFloat();
  }
}
