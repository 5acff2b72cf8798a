package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * RAdam: {@link Adam} that trusts its mean square only when enough steps stand behind it.
 *
 * <p>Why: in the first steps the mean square is a poor estimate and Adam's steps are erratic; here
 * they are those of momentum until the estimate is good, which replaces a warm-up.
 *
 * <pre>
 * m′ = beta1 × m + (1 − beta1) × u         v′ = beta2 × v + (1 − beta2) × u²
 * u ← r × √(1 − beta2ᵗ) × m′ ÷ (√v′ + epsilon)   if ρ(t) &gt; 5, otherwise m′
 * corrected by 1 ÷ (1 − beta1ᵗ)
 * </pre>
 *
 * <p>ρ(t) is the length of the average's memory and r the rectification, both from beta2 and t.
 *
 * <p>Cost: 7 floats moved per weight in one pass; states {@code m} and {@code v}. The choice is
 * made before the pass and costs nothing.
 *
 * <p>Use it instead of Adam with a warm-up. With a schedule that warms up it changes little.
 *
 * <p>Disagreements: the threshold is 5 in PyTorch and here, 4 in the paper; epsilon is added to the
 * root before its bias correction, as in PyTorch.
 *
 * <p>Example: {@code radam(weightDecay=1e-4)}.
 *
 * <p>Reference: Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, ICLR 2020;
 * torch.optim.RAdam of PyTorch 1.13.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 */
@Name("radam")
public record RAdam(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay)
    implements Rule {

  private static final double TRUSTED_LENGTH = 5;

  /** Checks the ranges. */
  public RAdam {
    RecordType.check(RAdam.class, beta1, beta2, epsilon, weightDecay);
  }

  /** The paper's settings. */
  public RAdam() {
    this(0.9, 0.999, 1e-8, 0);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(new Decay(weightDecay), this::moments);
  }

  private Update moments(Inputs in) {
    var moments = Moments.of(in, beta1, beta2);
    Expression mean = moments.mean();
    var rectification = new Rectification(beta2, in.steps());
    Expression adaptive =
        mean.times(rectification.factor()).over(moments.square().squareRoot().plus(epsilon));
    Expression step = rectification.length().above(TRUSTED_LENGTH).choose(adaptive, mean);
    return moments.keptBy(in).withStep(step, BiasCorrection.of(beta1, in.steps()));
  }
}
