package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.State;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * RMSprop: divides the gradient by the root of a running mean of its square.
 *
 * <p>Why: one learning rate suits weights with gradients of different sizes; the older relative of
 * {@link Adam}, with one state less.
 *
 * <pre>
 * v′ = beta2 × v + (1 − beta2) × u²
 * a′ = beta2 × a + (1 − beta2) × u            only if centered
 * u ← u ÷ (√max(v′ − a′², 0) + epsilon)       then momentum
 * </pre>
 *
 * <p>Cost: 5 floats moved per weight in one pass, 7 with momentum or centering, 9 with both; states
 * {@code v}, with momentum {@code buffer}, with centering {@code gAvg}.
 *
 * <p>Use it for recurrent networks and reinforcement learning, where it is customary.
 *
 * <p>Disagreements: epsilon is added outside the root, as in PyTorch; TensorFlow adds it inside.
 * The maximum with 0 is ours: where gradients hardly change, rounding makes the variance negative,
 * and its root would not be a number. The smoothing constant is called beta2 here and alpha there.
 * Bias correction is not part of the published rule; the option serves the paper form of hybrid
 * updates.
 *
 * <p>Example: {@code rmsprop(momentum=0.9)}.
 *
 * <p>Reference: Tieleman and Hinton, Lecture 6.5, 2012; torch.optim.RMSprop of PyTorch 1.13.
 *
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 * @param momentum the share of the old buffer, in [0, 1)
 * @param centered whether the mean gradient's square is subtracted from the mean square
 * @param biasCorrection whether to correct for the average's start at 0
 */
@Name("rmsprop")
public record RmsProp(
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    @Range("[0, 1)") double momentum,
    boolean centered,
    boolean biasCorrection)
    implements Rule {

  /** Checks the ranges. */
  public RmsProp {
    RecordType.check(
        RmsProp.class, beta2, epsilon, weightDecay, momentum, centered, biasCorrection);
  }

  /** PyTorch's settings. */
  public RmsProp() {
    this(0.99, 1e-8, 0, 0, false, false);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(
        new Decay(weightDecay),
        this::normalise,
        new Momentum(momentum, 0, false, Momentum.First.GRADIENT));
  }

  private Update normalise(Inputs in) {
    Expression u = in.step();
    State v = in.state("v", Level.ELEMENT, 2);
    Expression square = v.old().average(u.square(), beta2);
    Update update = in.soFar().withNext(v, square);
    Expression variance = square;
    if (centered) {
      State gAvg = in.state("gAvg", Level.ELEMENT, 1);
      Expression mean = gAvg.old().average(u, beta2);
      update = update.withNext(gAvg, mean);
      variance = square.minus(mean.square()).atLeast(0);
    }
    Expression root = variance.squareRoot();
    Expression corrected =
        biasCorrection ? root.times(BiasCorrection.of(beta2, in.steps()).squareRoot()) : root;
    return update.withStep(u.over(corrected.plus(epsilon)));
  }
}
