package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/**
 * Scores as the variables between two blocks, which stand for outputs by a dictionary.
 *
 * @param dictionary a factor a row
 * @param scoring how scores are found
 * @param rho the penalty, to which the price of scores belongs
 * @param learning how the dictionary learns
 */
record Factors(Parameter dictionary, Scoring scoring, double rho, Learning learning)
    implements Junction {

  private NDArray rows() {
    return dictionary.getArray();
  }

  @Override
  public NDArray passed(NDArray outputs) {
    return scoring.scores(rows(), outputs);
  }

  @Override
  public Shape passed(Shape outputs) {
    return new Shape(outputs.get(0), dictionary.getShape().get(0));
  }

  @Override
  public NDArray outputsOf(NDArray scores) {
    return scores.matMul(rows());
  }

  @Override
  public NDArray pulled(NDArray gradient) {
    return gradient.matMul(rows().transpose());
  }

  @Override
  public double curvature() {
    return Spectrum.largest(rows().matMul(rows().transpose()));
  }

  /**
   * What scores move by is divided by the shrinkage, which gives it the size of back-propagation's
   * gradients; what scores cannot stand for is not.
   */
  @Override
  public NDArray duals(NDArray duals, NDArray apart, double shrinkage) {
    return apart.mul(1 - shrinkage);
  }

  @Override
  public NDArray nearest(NDArray scores, double step) {
    return scoring.nearest(scores, step * rho);
  }
}
