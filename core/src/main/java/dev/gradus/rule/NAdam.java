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
 * NAdam: {@link Adam} with Nesterov's look ahead and a momentum that warms up.
 *
 * <p>Why: the numerator takes the current gradient more seriously, which often converges a little
 * faster than Adam.
 *
 * <pre>
 * μₜ = beta1 × (1 − 0.5 × 0.96^(t × momentumDecay))      P′ = P × μₜ, the product of all μ so far
 * m′ = beta1 × m + (1 − beta1) × u                       v′ = beta2 × v + (1 − beta2) × u²
 * u ← [(1 − μₜ) ÷ (1 − P′) × u + μₜ₊₁ ÷ (1 − P′ × μₜ₊₁) × m′] ÷ (√v′ ÷ √(1 − beta2ᵗ) + epsilon)
 * </pre>
 *
 * <p>Cost: 7 floats moved per weight in one pass; states {@code m}, {@code v} and one number per
 * tensor, {@code muProduct}, which starts at 1.
 *
 * <p>Use it where Adam is used. Not with a schedule that already anneals momentum.
 *
 * <p>Disagreements: PyTorch 1.13 multiplies the second term's denominator by μₜ once more, a defect
 * mended later; timm, followed here, does not.
 *
 * <p>Example: {@code nadam(momentumDecay=0.01)}.
 *
 * <p>Reference: Dozat, Incorporating Nesterov Momentum into Adam, 2016; timm.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 * @param momentumDecay how fast the momentum warms up, in [0, ∞)
 */
@Name("nadam")
public record NAdam(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    @Range("[0, ∞)") double momentumDecay)
    implements Rule {

  private static final Expression ONE = Expression.constant(1);

  /** Checks the ranges. */
  public NAdam {
    RecordType.check(NAdam.class, beta1, beta2, epsilon, weightDecay, momentumDecay);
  }

  /** PyTorch's settings. */
  public NAdam() {
    this(0.9, 0.999, 1e-8, 0, 4e-3);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(new Decay(weightDecay), this::moments);
  }

  private Update moments(Inputs in) {
    Expression u = in.step();
    State m = in.state("m", Level.ELEMENT, 1);
    State v = in.state("v", Level.ELEMENT, 2);
    State muProduct = in.state("muProduct", Level.TENSOR, 0, ONE);
    Expression mean = m.old().average(u, beta1);
    Expression square = v.old().average(u.square(), beta2);
    Expression mu = mu(in.steps());
    Expression nextMu = mu(in.steps().plus(1));
    Expression product = muProduct.old().times(mu);
    Expression ofGradient = ONE.minus(mu).over(ONE.minus(product));
    Expression ofMean = nextMu.over(ONE.minus(product.times(nextMu)));
    Expression root = BiasCorrection.of(beta2, in.steps()).squareRoot();
    Expression denominator = square.squareRoot().times(root).plus(epsilon);
    return in.soFar()
        .withStep(u.times(ofGradient).plus(mean.times(ofMean)).over(denominator))
        .withNext(m, mean)
        .withNext(v, square)
        .withNext(muProduct, product);
  }

  private Expression mu(Expression t) {
    Expression warmth = Expression.constant(0.96).power(t.times(momentumDecay));
    return ONE.minus(warmth.times(0.5)).times(beta1);
  }
}
