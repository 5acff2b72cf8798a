package dev.gradus.djl;

/**
 * What an {@link InstanceMethod} can ask about the step under way.
 *
 * <p>With the trusted loss M, the mean over some trusted examples, and the loss L<sub>i</sub> of
 * each example of the batch: how fast would M fall if the weights followed example i more?
 */
public interface Probe {
  /**
   * The number of the step.
   *
   * @return from 0
   */
  long step();

  /**
   * Takes the gradient v of the trusted loss at the weights of now, as a direction, or the running
   * mean of such gradients as {@link InstanceMethod#memory} says. The trusted examples are drawn by
   * seed and step.
   */
  void aim();

  /**
   * The inner products ⟨D v, ∇L<sub>i</sub>⟩ at the weights before the step, taken as {@link
   * InstanceMethod#products} says. D is what the optimizer preconditions a gradient by; 1 for SGD.
   *
   * <p>By differences an error of 1 % of the batch's largest is usual in single precision.
   *
   * @param batch the examples of the step
   * @return one number for each; all 0 if the direction is 0 or not finite
   */
  double[] innerProducts(Batch batch);

  /**
   * The length of the direction D v.
   *
   * @return 0 if there is none
   */
  double length();
}
