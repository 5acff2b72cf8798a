package dev.gradus.djl;

import dev.gradus.djl.data.Task;
import java.util.Arrays;
import java.util.List;

/**
 * How much each example of a batch counts: what its loss is multiplied by before the sum over the
 * batch is divided by the size of the batch.
 */
@FunctionalInterface
public interface InstanceWeights {

  /** Every example counts 1. */
  InstanceWeights EQUAL = (_, weights) -> Arrays.fill(weights, 1);

  /**
   * Weighs a batch.
   *
   * @param batch the examples
   * @param weights receives one weight for each, 0 or more and finite
   */
  void weigh(Batch batch, float[] weights);

  /**
   * The usual weights for a task.
   *
   * @param task what is to be learned
   * @return the class weights of a classification; equal weights otherwise
   */
  static InstanceWeights of(Task task) {
    return task instanceof Task.Classification classes && classes.weighted()
        ? ofClasses(classes.classWeights())
        : EQUAL;
  }

  /**
   * Examples count by their class.
   *
   * @param classWeights the weight of each class, in the order of the class numbers
   * @return weights that look at the target only
   */
  static InstanceWeights ofClasses(List<Double> classWeights) {
    return (batch, weights) -> {
      for (int place = 0; place < weights.length; place++) {
        weights[place] = classWeights.get((int) batch.target(place)).floatValue();
      }
    };
  }
}
