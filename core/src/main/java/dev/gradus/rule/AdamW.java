package dev.gradus.rule;

import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * AdamW: {@link Adam} with decoupled weight decay.
 *
 * <p>Why: the decay acts on every weight alike, instead of being divided by the root of the mean
 * square like the gradient; the best learning rate and the best decay become nearly independent.
 *
 * <pre>adamw = adam(beta1, beta2, epsilon, amsgrad, epsilonPlacement) | decay(weightDecay)</pre>
 *
 * <p>Cost: 7 floats moved per weight in one pass; states {@code m} and {@code v}, with amsgrad also
 * {@code vMax}.
 *
 * <p>Use it as the default for most networks. Not where memory for two states per weight is short.
 *
 * <p>Disagreements: the decay is multiplied by the learning rate, as in PyTorch; the paper
 * multiplies it by the schedule alone. For epsilon see {@link Adam}.
 *
 * <p>Example: {@code adamw(weightDecay=0.05)}.
 *
 * <p>Reference: Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019;
 * torch.optim.AdamW of PyTorch 1.13.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay decoupled decay, in [0, ∞)
 * @param amsgrad whether the mean square may only grow
 * @param epsilonPlacement whether epsilon is added before or after the correction of the root
 */
@Name("adamw")
public record AdamW(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    boolean amsgrad,
    EpsilonPlacement epsilonPlacement)
    implements Rule {

  /** Checks the ranges. */
  public AdamW {
    RecordType.check(AdamW.class, beta1, beta2, epsilon, weightDecay, amsgrad, epsilonPlacement);
  }

  /** PyTorch's settings. */
  public AdamW() {
    this(0.9, 0.999, 1e-8, 0.01, false, EpsilonPlacement.AFTER_CORRECTION);
  }

  @Override
  public Update update(Inputs in) {
    var adam = new Adam(beta1, beta2, epsilon, 0, amsgrad, false, true, epsilonPlacement);
    return in.through(adam, new Decay(weightDecay));
  }
}
