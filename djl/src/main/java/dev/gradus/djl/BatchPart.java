package dev.gradus.djl;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Some examples of a batch as a {@link TrainingMethod} sees them in one step: their inputs, and the
 * loss of what the network makes of them.
 */
public final class BatchPart {
  private final Training training;
  private final InstanceMethod.Running instances;
  private final TrainingMethod.Running method;
  private final ParameterValues statistics;
  private final Part part;
  private final double share;
  private final Consumer<NDArray> seen;
  private float @Nullable [] weights;
  private @Nullable NDManager manager;

  /** With a place for running statistics, and one who sees the first outputs. */
  BatchPart(
      Training training,
      InstanceMethod.Running instances,
      TrainingMethod.Running method,
      ParameterValues statistics,
      Part part,
      double share,
      Consumer<NDArray> seen) {
    this.training = training;
    this.instances = instances;
    this.method = method;
    this.statistics = statistics;
    this.part = part;
    this.share = share;
    this.seen = seen;
  }

  /** Computes with its arrays, which are freed afterwards, while no other thread computes. */
  double computed(DoubleSupplier computation) {
    return Torch.inTurn(
        () -> {
          part.seed(0);
          try (var scope = new NDScope();
              var opened = training.network.newScope()) {
            scope.suppressNotUsedWarning();
            manager = opened;
            return computation.getAsDouble();
          }
        });
  }

  /** Computes as above, without a number for an answer. */
  void compute(Runnable computation) {
    computed(
        () -> {
          computation.run();
          return 0;
        });
  }

  /**
   * Which examples they are.
   *
   * @return the examples
   */
  public Batch examples() {
    return part.batch();
  }

  /**
   * Where they are in the batch.
   *
   * @return the place of the first of them
   */
  public int first() {
    return part.first();
  }

  /**
   * The factor that makes a sum over examples a share in the mean over the batch.
   *
   * @return 1 / size of the batch; of several workers' batches, which are averaged afterwards, the
   *     number of workers / size of all
   */
  public double share() {
    return share;
  }

  /**
   * What the network is given.
   *
   * @return an array whose first dimension counts the examples
   */
  public NDArray inputs() {
    return arrays().inputs(manager());
  }

  /**
   * What owns the arrays that are made here, and frees them.
   *
   * @return a manager that lasts until the method has computed what it was asked
   */
  public NDManager manager() {
    return requireNonNull(manager);
  }

  /**
   * The loss of the network's outputs. What each example weighs is decided the first time in a step
   * and stays the same for further looks.
   *
   * @param outputs what the network makes of the inputs
   * @return the weighted loss
   */
  public PartLoss loss(NDArray outputs) {
    var losses =
        training.loss.ofEach(
            instances.outputs(part.batch(), outputs), arrays().targets(outputs.getManager()));
    float[] numbers = losses.toFloatArray();
    if (weights == null) {
      seen.accept(outputs);
      weights = weights(numbers);
    }
    return new PartLoss(
        weighted(numbers, weights), losses.mul(losses.getManager().create(weights)).sum());
  }

  /**
   * Makes the random numbers of a pass through some of the network, such as those of dropout, the
   * same as in every pass through it with these examples in this step.
   *
   * @param stretch which part of the network, from 0
   */
  public void seed(int stretch) {
    part.seed(stretch);
  }

  /**
   * Passes from which layers that normalise over batches learn no running statistics.
   *
   * @param passes what is computed
   */
  public void keepingStatistics(Runnable passes) {
    statistics.remember();
    passes.run();
    statistics.putBack();
  }

  private BatchArrays arrays() {
    return new BatchArrays(part.batch(), training.data.train());
  }

  private float[] weights(float[] losses) {
    var batch = part.batch();
    var weighed = new float[batch.size()];
    training.weights.weigh(batch, weighed);
    instances.weigh(batch, losses, weighed);
    method.weigh(batch, weighed);
    for (int place = 0; place < weighed.length; place++) {
      weighed[place] = (float) (weighed[place] * share);
    }
    return weighed;
  }

  private static double weighted(float[] losses, float[] weights) {
    double sum = 0;
    for (int place = 0; place < losses.length; place++) {
      sum += (double) losses[place] * weights[place];
    }
    return sum;
  }
}
