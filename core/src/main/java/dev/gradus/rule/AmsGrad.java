package dev.gradus.rule;

import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * AMSGrad: {@link Adam} whose mean square may only grow.
 *
 * <p>Why: Adam forgets a rare large gradient and may then move fast in its wake, for which there
 * are problems where it never converges; the largest mean square so far is not forgotten.
 *
 * <pre>
 * amsgrad = adam(beta1, beta2, epsilon, weightDecay, amsgrad=true)
 * vMax′ = max(vMax, v′)
 * u ← m′ ÷ (√vMax′ ÷ √(1 − beta2ᵗ) + epsilon), corrected by 1 ÷ (1 − beta1ᵗ)
 * </pre>
 *
 * <p>m, v and t are Adam's.
 *
 * <p>Cost: 9 floats moved per weight in one pass; states {@code m}, {@code v} and {@code vMax},
 * each one float per weight.
 *
 * <p>Use it where Adam's loss rises again late in training. Elsewhere it gains little over Adam and
 * remembers a third more.
 *
 * <p>Disagreements: PyTorch, followed here, takes the maximum before the bias correction, other
 * libraries behind it; the paper corrects nothing.
 *
 * <p>Example: {@code amsgrad(beta2=0.99)}.
 *
 * <p>Reference: Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, ICLR 2018;
 * torch.optim.Adam of PyTorch 1.13.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 */
@Name("amsgrad")
public record AmsGrad(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay)
    implements Rule {

  /** Checks the ranges. */
  public AmsGrad {
    RecordType.check(AmsGrad.class, beta1, beta2, epsilon, weightDecay);
  }

  /** PyTorch's settings. */
  public AmsGrad() {
    this(0.9, 0.999, 1e-8, 0);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(
        new Adam(
            beta1,
            beta2,
            epsilon,
            weightDecay,
            true,
            false,
            true,
            EpsilonPlacement.AFTER_CORRECTION));
  }
}
