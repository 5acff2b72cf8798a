package dev.gradus.rule;

import dev.gradus.equation.Expression;

/**
 * RAdam's estimate of how far an adaptive learning rate can be trusted.
 *
 * <pre>
 * ρ∞ = 2 ÷ (1 − beta2) − 1
 * ρ(t) = ρ∞ − 2 t beta2ᵗ ÷ (1 − beta2ᵗ)          the length of the average's memory
 * r² = (ρ − 4)(ρ − 2) ρ∞ ÷ ((ρ∞ − 4)(ρ∞ − 2) ρ)   meaningful for ρ &gt; 4
 * </pre>
 */
record Rectification(double beta2, Expression steps) {
  private double limit() {
    return 2 / (1 - beta2) - 1;
  }

  Expression length() {
    Expression power = Expression.constant(beta2).power(steps);
    return Expression.constant(limit())
        .minus(steps.times(2).times(power).over(BiasCorrection.remaining(beta2, steps)));
  }

  /** r, with the bias correction of the mean square in it. */
  Expression factor() {
    Expression rho = length();
    Expression ratio =
        rho.minus(4)
            .times(rho.minus(2))
            .times(limit())
            .over(rho.times((limit() - 4) * (limit() - 2)));
    return ratio.squareRoot().times(BiasCorrection.remaining(beta2, steps).squareRoot());
  }
}
