package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gradus.djl.data.Task;

/**
 * How wrong a network's outputs are, one number for each example of a batch.
 *
 * <p>The training loop weighs these numbers and divides their sum by the size of the batch. New
 * arrays must belong to the manager of the outputs, as results of DJL's operations on them do.
 */
@FunctionalInterface
public interface Loss {

  /**
   * Computes the loss of each example, before any average.
   *
   * @param outputs the network's outputs; the first dimension counts the examples
   * @param targets the targets as float32; the first dimension counts the examples
   * @return a vector with one number for each example
   */
  NDArray ofEach(NDArray outputs, NDArray targets);

  /**
   * The usual loss for a task.
   *
   * @param task what is to be learned
   * @return cross entropy for classes and characters, the squared error for numbers
   */
  static Loss of(Task task) {
    return switch (task) {
      case Task.Classification _, Task.NextToken _ -> new CrossEntropy();
      case Task.Regression _ -> new SquaredError();
    };
  }

  /**
   * A loss of DJL, computed example by example so that examples can be weighed. That takes a few
   * calls of PyTorch for every example of a batch.
   *
   * @param loss a loss of one output and one label whose value is a mean over the examples, as that
   *     of most losses is; others are refused at the first batch
   * @return the loss, to be used by one run at a time
   */
  static Loss of(ai.djl.training.loss.Loss loss) {
    return new DjlLoss(loss);
  }

  /**
   * −log of the probability that the softmax of the outputs gives to the target, in nats. With
   * several positions in an example, such as the characters of a text, the mean over them.
   *
   * <p>Outputs have the shape (examples, …, classes), targets (examples, …).
   */
  record CrossEntropy() implements Loss {
    @Override
    public NDArray ofEach(NDArray outputs, NDArray targets) {
      var classes = targets.toType(DataType.INT64, false).expandDims(-1);
      int last = outputs.getShape().dimension() - 1;
      var chosen = outputs.logSoftmax(last).gather(classes, last);
      return meanOfEach(chosen.neg());
    }

    @Override
    public String toString() {
      return "cross-entropy";
    }
  }

  /** The squared difference between output and target, the mean over the columns of an example. */
  record SquaredError() implements Loss {
    @Override
    public NDArray ofEach(NDArray outputs, NDArray targets) {
      return meanOfEach(outputs.sub(targets.reshape(outputs.getShape())).square());
    }

    @Override
    public String toString() {
      return "squared-error";
    }
  }

  private static NDArray meanOfEach(NDArray losses) {
    return losses.reshape(losses.size(0), -1).mean(new int[] {1});
  }
}
