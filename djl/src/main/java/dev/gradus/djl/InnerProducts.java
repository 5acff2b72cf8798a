package dev.gradus.djl;

/** The inner products of a direction with the gradient of the loss of each example of a batch. */
interface InnerProducts {

  /**
   * One number for each example, at the weights before the step, with the dropout of the step.
   *
   * @param batch the examples of the step
   * @param step its number
   */
  double[] of(Batch batch, long step);
}
