package dev.gradus.engine;

import dev.gradus.equation.Expression;

/**
 * Functions of every weight that vector units lack, made of the operators that they have. Those
 * round alike in generated, interpreted and block-wise code, so every kernel gives the same bits;
 * the transcendental functions of a vector library don't.
 */
final class Approximations {
  /** Beyond it the hyperbolic tangent is 1 but for 3e-7. */
  private static final double SATURATION = 8;

  /**
   * tanh x ÷ x is a quotient of these polynomials in x² with a relative error of 1.5e-7 at most, up
   * to saturation: a minimax fit by iterated weights. It nowhere exceeds the tangent's limit.
   */
  private static final double[] NUMERATOR = {
    0.9999998543077532, 0.12925662405279645, 2.9510232217131293e-3, 1.1428418170971769e-5
  };

  private static final double[] DENOMINATOR = {
    1, 0.46258877981850427, 2.3815551743630644e-2, 2.386690945892039e-4, 2.4592093023787905e-7
  };

  private static final double SMALLEST_EXPONENT = -126;
  private static final double OVERFLOWING_EXPONENT = 129;
  private static final int DOUBLINGS = 8;
  private static final int TERMS = 6;

  private Approximations() {}

  /** Relative error below 5e-7, never beyond ±1. */
  static Expression tanh(Expression x) {
    Expression inner = between(x, -SATURATION, SATURATION);
    Expression square = inner.square();
    return inner.times(polynomial(square, 1, NUMERATOR)).over(polynomial(square, 1, DENOMINATOR));
  }

  /**
   * 1 + E, where E = 2ʸ − 1 comes from the series of a 256th of y by doubling it eight times: E of
   * 2y is E(2 + E). Keeping E instead of the power keeps small exponents exact. The error is below
   * 2e-6 × max(1, 2ʸ) for |y| ≤ 4 and grows in proportion to |y| beyond.
   */
  static Expression exp2(Expression y) {
    Expression exponent = between(y, SMALLEST_EXPONENT, OVERFLOWING_EXPONENT);
    Expression part = exponent.times(Math.log(2) / (1 << DOUBLINGS));
    double[] series = new double[TERMS];
    double coefficient = 1;
    for (int i = 0; i < TERMS; i++) {
      coefficient /= i + 1;
      series[i] = coefficient;
    }
    Expression less1 = part.times(polynomial(part, 1, series));
    for (int i = 0; i < DOUBLINGS; i++) {
      less1 = less1.plus(2).times(less1);
    }
    return less1.plus(1);
  }

  private static Expression between(Expression x, double low, double high) {
    return atMost(atLeast(x, Expression.constant(low)), Expression.constant(high));
  }

  /** The maximum with a number other than 0, which a comparison finds sooner. */
  static Expression atLeast(Expression x, Expression low) {
    return x.below(low).choose(low, x);
  }

  /** The minimum with a number other than 0, which a comparison finds sooner. */
  static Expression atMost(Expression x, Expression high) {
    return high.below(x).choose(high, x);
  }

  /** scale × (c₀ + c₁x + c₂x² + …) by Horner's rule, ready for fused multiply-adds. */
  private static Expression polynomial(Expression x, double scale, double[] coefficients) {
    Expression sum = Expression.constant(scale * coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = sum.times(x).plus(scale * coefficients[i]);
    }
    return sum;
  }
}
