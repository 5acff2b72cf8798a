package dev.gradus.rule;

import dev.gradus.equation.Expression;

/** What undoes an average's start at 0. */
final class BiasCorrection {
  private static final Expression ONE = Expression.constant(1);

  private BiasCorrection() {}

  /** 1 ÷ (1 − betaᵗ). */
  static Expression of(double beta, Expression steps) {
    return ONE.over(remaining(beta, steps));
  }

  /** 1 − betaᵗ: the weights that an average has given so far. */
  static Expression remaining(double beta, Expression steps) {
    return ONE.minus(Expression.constant(beta).power(steps));
  }
}
