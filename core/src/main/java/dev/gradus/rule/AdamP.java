package dev.gradus.rule;

import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.schedule.Constant;
import dev.gradus.schedule.Schedule;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * AdamP: {@link AdamW} whose step loses its radial part on scale-invariant weights.
 *
 * <p>Why: see {@link Project}. In networks with normalisation layers the weights stop growing, and
 * the learning rate keeps its effect.
 *
 * <pre>
 * adamp = adam(beta1, beta2, epsilon, nesterov) | project(delta, decayRatio) | decay(weightDecay)
 * cautious:  adam | project | caution | project | decay
 * </pre>
 *
 * <p>The decay is multiplied by decayRatio where the projection fires, and is not divided by the
 * bias correction.
 *
 * <p>Cost: 10 floats moved per weight in two passes; states {@code m} and {@code v}. Without a
 * firing projection it takes exactly AdamW's steps.
 *
 * <p>Use it where AdamW is used and most weights feed a normalisation layer. Gains in the paper are
 * small but steady, larger without weight decay.
 *
 * <p>Disagreements: the project page's box has neither bias correction nor decay; the authors'
 * code, followed here, has both. The default decay is the 0.01 of the authors' instructions; their
 * class has 0.
 *
 * <p>Example: {@code adamp(weightDecay=0.05)}.
 *
 * <p>Reference: Heo et al., AdamP: Slowing Down the Slowdown for Momentum Optimizers on
 * Scale-invariant Weights, ICLR 2021, and the authors' code; cautious: timm.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root and lower bound of norms, in (0, ∞)
 * @param weightDecay decoupled decay, in [0, ∞)
 * @param delta how nearly orthogonal a gradient must be, in [0, ∞); a schedule may change it
 * @param decayRatio the decay's factor where the projection fires, in [0, 1]
 * @param nesterov whether the numerator looks one step ahead
 * @param cautious whether to leave out what points against the gradient
 */
@Name("adamp")
public record AdamP(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("(0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    @Range("[0, ∞)") Schedule delta,
    @Range("[0, 1]") double decayRatio,
    boolean nesterov,
    boolean cautious)
    implements Rule {

  /** Checks the ranges. */
  public AdamP {
    RecordType.check(
        AdamP.class, beta1, beta2, epsilon, weightDecay, delta, decayRatio, nesterov, cautious);
  }

  /** The settings the authors recommend. */
  public AdamP() {
    this(0.9, 0.999, 1e-8, 0.01, new Constant(0.1), 0.1, false, false);
  }

  @Override
  public Update update(Inputs in) {
    Rule adam =
        new Adam(
            beta1, beta2, epsilon, 0, false, nesterov, true, EpsilonPlacement.AFTER_CORRECTION);
    Rule project = new Project(delta, decayRatio, epsilon, false);
    Rule decay = new Decay(weightDecay);
    return cautious
        ? in.through(adam, project, new Caution(), project, decay)
        : in.through(adam, project, decay);
  }
}
