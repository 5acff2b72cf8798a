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
 * Adam: divides a running mean of the gradient by the root of a running mean of its square, so that
 * every weight moves by about the learning rate whatever the scale of its gradient.
 *
 * <p>Why: it needs little tuning and copes with gradients of very different sizes.
 *
 * <pre>
 * m′ = beta1 × m + (1 − beta1) × u         v′ = beta2 × v + (1 − beta2) × u²
 * D  = √v′ ÷ √(1 − beta2ᵗ) + epsilon       with amsgrad: the root of vMax′ = max(vMax, v′)
 * u ← m′ ÷ D, corrected by 1 ÷ (1 − beta1ᵗ)
 * with nesterov: (beta1 × m′ + (1 − beta1) × u) ÷ D
 * </pre>
 *
 * <p>t counts the steps of this tensor. Without bias correction both corrections are left out.
 *
 * <p>Cost: 7 floats moved per weight in one pass; states {@code m} and {@code v}, with amsgrad also
 * {@code vMax}, each one float per weight.
 *
 * <p>Use it as the first thing to try. With weight decay prefer {@link AdamW}: here the decay is
 * coupled, so it is divided by D like the gradient.
 *
 * <p>Disagreements: epsilon is added after the correction of the root, as in PyTorch; TensorFlow
 * and DJL add it before, which epsilonPlacement chooses. AMSGrad's maximum is taken over the
 * uncorrected v, as in PyTorch.
 *
 * <p>Example: {@code adam(beta2=0.99) | decay(0.01)}.
 *
 * <p>Reference: Kingma and Ba, Adam, ICLR 2015; Reddi, Kale and Kumar, On the Convergence of Adam
 * and Beyond, ICLR 2018; torch.optim.Adam of PyTorch 1.13.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 * @param amsgrad whether the mean square may only grow
 * @param nesterov whether the numerator looks one step ahead
 * @param biasCorrection whether to correct for the averages' start at 0
 * @param epsilonPlacement whether epsilon is added before or after the correction of the root
 */
@Name("adam")
public record Adam(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    boolean amsgrad,
    boolean nesterov,
    boolean biasCorrection,
    EpsilonPlacement epsilonPlacement)
    implements Rule {

  private static final Expression ONE = Expression.constant(1);

  /** Checks the ranges. */
  public Adam {
    RecordType.check(
        Adam.class,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        amsgrad,
        nesterov,
        biasCorrection,
        epsilonPlacement);
  }

  /** The paper's settings. */
  public Adam() {
    this(0.9, 0.999, 1e-8, 0, false, false, true, EpsilonPlacement.AFTER_CORRECTION);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(new Decay(weightDecay), this::moments);
  }

  private Update moments(Inputs in) {
    var moments = Moments.of(in, beta1, beta2);
    Update update = moments.keptBy(in);
    Expression root = moments.square().squareRoot();
    if (amsgrad) {
      State vMax = in.state("vMax", Level.ELEMENT, 2);
      Expression largest = vMax.old().maximum(moments.square());
      update = update.withNext(vMax, largest);
      root = largest.squareRoot();
    }
    Expression mean = moments.mean();
    Expression numerator = nesterov ? mean.average(in.step(), beta1) : mean;
    return update.withStep(numerator.over(denominator(in, root)), correction(in, beta1));
  }

  private Expression denominator(Inputs in, Expression root) {
    Expression correction = correction(in, beta2).squareRoot();
    return switch (epsilonPlacement) {
      case AFTER_CORRECTION -> root.times(correction).plus(epsilon);
      case BEFORE_CORRECTION -> root.plus(epsilon).times(correction);
    };
  }

  private Expression correction(Inputs in, double beta) {
    return biasCorrection ? ONE.over(ONE.minus(Expression.constant(beta).power(in.steps()))) : ONE;
  }
}
