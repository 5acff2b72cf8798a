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
 * AdaBelief: {@link Adam} that divides by how far gradients stray from their mean, instead of by
 * their size.
 *
 * <p>Why: a large gradient that keeps coming is believed and gets a large step; one that jumps
 * about gets a small one.
 *
 * <pre>
 * m′ = beta1 × m + (1 − beta1) × u
 * s′ = beta2 × s + (1 − beta2) × (u − m′)² + epsilon
 * u ← m′ ÷ (√s′ ÷ √(1 − beta2ᵗ) + epsilon), corrected by 1 ÷ (1 − beta1ᵗ)
 * with amsgrad: the root of sMax′ = max(sMax, s′)
 * with rectify: r × √(1 − beta2ᵗ) × m′ ÷ (√s′ + epsilon) if ρ(t) ≥ 5, otherwise m′, or 0 without
 *               degeneratedToSgd
 * with fixedDecay: w′ = (1 − weightDecay) × w − learningRate × u
 * </pre>
 *
 * <p>epsilon is added to s in every step, so it accumulates, and once more to the root.
 *
 * <p>Cost: 7 floats moved per weight in one pass; states {@code m} and {@code s}, with amsgrad also
 * {@code sMax}.
 *
 * <p>Use it where Adam is used. It is sensitive to epsilon.
 *
 * <p>Disagreements: the second epsilon is in the authors' code and not in the paper; here as in the
 * code. As in timm, the rectified form keeps sMax but divides by the root of s.
 *
 * <p>Example: {@code adabelief(weightDecay=0.01)}.
 *
 * <p>Reference: Zhuang et al., AdaBelief Optimizer, NeurIPS 2020, in the form of timm.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean deviation, in [0, 1)
 * @param epsilon added to s and to its root, in [0, ∞)
 * @param weightDecay decay, in [0, ∞)
 * @param amsgrad whether s may only grow
 * @param decoupledDecay whether the decay is decoupled, otherwise coupled
 * @param fixedDecay whether the decoupled decay leaves out the learning rate
 * @param rectify whether to trust s only after enough steps, as {@link RAdam}
 * @param degeneratedToSgd whether to step by the mean until then, otherwise not at all
 */
@Name("adabelief")
public record AdaBelief(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    boolean amsgrad,
    boolean decoupledDecay,
    boolean fixedDecay,
    boolean rectify,
    boolean degeneratedToSgd)
    implements Rule {

  private static final double TRUSTED_LENGTH = 5;

  /** Checks the ranges. */
  public AdaBelief {
    RecordType.check(
        AdaBelief.class,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        amsgrad,
        decoupledDecay,
        fixedDecay,
        rectify,
        degeneratedToSgd);
  }

  /** timm's settings. */
  public AdaBelief() {
    this(0.9, 0.999, 1e-16, 0, false, true, false, true, true);
  }

  @Override
  public Update update(Inputs in) {
    Rule decay = new Decay(weightDecay);
    if (!decoupledDecay) {
      return in.through(decay, this::moments);
    }
    return fixedDecay && weightDecay > 0
        ? in.through(this::moments, this::decayWithoutRate)
        : in.through(this::moments, decay);
  }

  private Update decayWithoutRate(Inputs in) {
    Expression decay = in.weight().times(weightDecay);
    return in.soFar().withStep(in.displacement().plus(decay)).asDisplacement();
  }

  private Update moments(Inputs in) {
    Expression u = in.step();
    State m = in.state("m", Level.ELEMENT, 1);
    State s = in.state("s", Level.ELEMENT, 2);
    Expression mean = m.old().average(u, beta1);
    Expression deviation = s.old().average(u.minus(mean).square(), beta2).plus(epsilon);
    Update update = in.soFar().withNext(m, mean).withNext(s, deviation);
    Expression root = deviation.squareRoot();
    if (amsgrad) {
      State sMax = in.state("sMax", Level.ELEMENT, 2);
      Expression largest = sMax.old().maximum(deviation);
      update = update.withNext(sMax, largest);
      root = rectify ? root : largest.squareRoot();
    }
    return update.withStep(step(in, mean, root), BiasCorrection.of(beta1, in.steps()));
  }

  private Expression step(Inputs in, Expression mean, Expression root) {
    if (!rectify) {
      Expression correction = BiasCorrection.of(beta2, in.steps()).squareRoot();
      return mean.over(root.times(correction).plus(epsilon));
    }
    var rectification = new Rectification(beta2, in.steps());
    Expression adaptive = mean.times(rectification.factor()).over(root.plus(epsilon));
    Expression tooShort = rectification.length().below(Expression.constant(TRUSTED_LENGTH));
    return tooShort.choose(degeneratedToSgd ? mean : Expression.constant(0), adaptive);
  }
}
