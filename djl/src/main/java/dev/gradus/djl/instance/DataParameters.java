package dev.gradus.djl.instance;

import dev.gradus.UserException;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Loss;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * Data parameters: every training instance, class or both has a temperature that divides the
 * network's outputs, learned together with the weights.
 *
 * <p>Why: what the network can't fit, such as a wrong label, is given a high temperature, which
 * makes the loss flat and the gradient small; no trusted examples are needed.
 *
 * <pre>
 * σ* = σᵢ, σ_c or σ_c + σᵢ            σ = exp s, learned as s
 * L  = mean of cross entropy(z ÷ σ*, y) + ½ instanceDecay × Σ sᵢ² + ½ classDecay × Σ s_c²
 *                                     sums over the instances of the batch
 * ∂L ÷ ∂σ* = −Σₖ (p̃ₖ − 1[k = y]) zₖ ÷ σ*² ÷ size of the batch     p̃ = softmax(z ÷ σ*)
 * s  ← clip(s − rate × momentum of ∂L ÷ ∂s, −ln largest, ln largest)
 * </pre>
 *
 * <p>A temperature without a gradient keeps its value and its momentum. Outputs are divided in
 * training only; validation, test and later use don't know of it. The training loss that is told is
 * the one that is minimised, without the decay.
 *
 * <p>Cost: a few operations on the outputs; 8 bytes for every instance or class.
 *
 * <p>Use it for classes, with cross entropy, where no labels are known to be right. With four wrong
 * labels in ten it is about as good as methods that learn from trusted examples, with eight it is
 * far behind; see docs/labels.md. End early: in the long run wrong labels are learned too.
 *
 * <p>Disagreements: the authors' code lowers no rate of s over the run, nor does this. Class
 * weights, which it lacks, multiply the derivatives as they multiply the loss. Of both, a class
 * begins at 1 and an instance at 0.001, which the first step clips to 1 ÷ largest, as there.
 *
 * <p>Reference: Saxena, Tuzel and DeCoste, Data Parameters: A New Family of Parameters for Learning
 * a Differentiable Curriculum, NeurIPS 2019.
 *
 * @param per what has a temperature
 * @param instanceRate the learning rate of s of instances, in (0, ∞)
 * @param classRate the learning rate of s of classes, in (0, ∞)
 * @param instanceDecay decay of s of instances to 0, in [0, ∞)
 * @param classDecay decay of s of classes to 0, in [0, ∞)
 * @param momentum the share of the old momentum in the new, in [0, 1)
 * @param largest the largest temperature and one over the smallest, in (1, ∞)
 */
@Name("data-parameters")
public record DataParameters(
    Per per,
    @Range("(0, ∞)") double instanceRate,
    @Range("(0, ∞)") double classRate,
    @Range("[0, ∞)") double instanceDecay,
    @Range("[0, ∞)") double classDecay,
    @Range("[0, 1)") double momentum,
    @Range("(1, ∞)") double largest)
    implements InstanceMethod {
  private static final double INITIAL = 1;
  private static final double INITIAL_BESIDE_CLASS = 1e-3;

  /** How the logarithms of temperatures are learned. */
  record Learning(double rate, double decay, double momentum, double largest) {
    double bounded(double logarithm) {
      double bound = Math.log(largest);
      return Math.clamp(logarithm, -bound, bound);
    }
  }

  /** Checks the ranges. */
  public DataParameters {
    RecordType.check(
        DataParameters.class,
        per,
        instanceRate,
        classRate,
        instanceDecay,
        classDecay,
        momentum,
        largest);
  }

  /** Temperatures of instances, with the authors' settings for wrong labels. */
  public DataParameters() {
    this(Per.INSTANCE, 0.2, 0.1, 0, 0, 0.9, 20);
  }

  @Override
  public void require(Loss loss) {
    if (!(loss instanceof Loss.CrossEntropy)) {
      throw new UserException(
          "%s needs the loss cross-entropy, but the run has %s; take another method."
              .formatted(this, loss));
    }
  }

  @Override
  public Running start(DataSet data) {
    if (!(data.task() instanceof Task.Classification task)) {
      throw new UserException(
          "%s is for data with classes, not for '%s'; take another method."
              .formatted(this, data.name()));
    }
    int classes = task.classes().size();
    return new DataParametersAtWork(
        switch (per) {
          case INSTANCE -> List.of(ofInstances(data, INITIAL));
          case CLASS -> List.of(ofClasses(classes));
          case BOTH -> List.of(ofInstances(data, INITIAL_BESIDE_CLASS), ofClasses(classes));
        });
  }

  private Temperatures ofInstances(DataSet data, double initial) {
    var learning = new Learning(instanceRate, instanceDecay, momentum, largest);
    return new Temperatures(
        "instances/temperatures", data.train().size(), initial, learning, Owner.INSTANCE);
  }

  private Temperatures ofClasses(int count) {
    var learning = new Learning(classRate, classDecay, momentum, largest);
    return new Temperatures("instances/class-temperatures", count, INITIAL, learning, Owner.CLASS);
  }

  @Override
  public String toString() {
    return RecordType.of(DataParameters.class).print(this);
  }
}
