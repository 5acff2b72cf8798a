package dev.gradus.engine;

import dev.gradus.equation.Expression;

/**
 * Functions of every weight that vector units lack, made of the operators that they have. Those
 * round alike in generated, interpreted and block-wise code, so every kernel gives the same bits;
 * the transcendental functions of a vector library don't.
 */
final class Approximations {
  /**
   * How many levels of Lambert's continued fraction are kept. With an even number the fraction
   * stays below 1.
   */
  private static final int LEVELS = 12;

  /** Where the hyperbolic tangent is 1 in single precision. */
  private static final double SATURATION = 8.3;

  private static final double SMALLEST_EXPONENT = -126;
  private static final double OVERFLOWING_EXPONENT = 129;
  private static final int DOUBLINGS = 8;
  private static final int TERMS = 6;

  private Approximations() {}

  /**
   * x ÷ (1 + x² ÷ (3 + x² ÷ (5 + …))) as one quotient of polynomials in x²; relative error below
   * 5e-7, never beyond ±1.
   */
  static Expression tanh(Expression x) {
    Expression inner = x.atLeast(-SATURATION).atMost(SATURATION);
    Expression square = inner.square();
    double[] numerator = {1};
    double[] denominator = {2 * LEVELS - 1};
    for (int level = LEVELS - 1; level > 0; level--) {
      double[] next = new double[numerator.length + 1];
      for (int i = 0; i < next.length; i++) {
        next[i] = (2 * level - 1) * at(denominator, i) + at(numerator, i - 1);
      }
      numerator = denominator;
      denominator = next;
    }
    double scale = 1 / denominator[0];
    return inner
        .times(polynomial(square, scale, numerator))
        .over(polynomial(square, scale, denominator));
  }

  private static double at(double[] coefficients, int index) {
    return index >= 0 && index < coefficients.length ? coefficients[index] : 0;
  }

  /**
   * 1 + E, where E = 2ʸ − 1 comes from the series of a 256th of y by doubling it eight times: E of
   * 2y is E(2 + E). Keeping E instead of the power keeps small exponents exact. The error is below
   * 2e-6 × max(1, 2ʸ) for |y| ≤ 4 and grows in proportion to |y| beyond.
   */
  static Expression exp2(Expression y) {
    Expression exponent = y.atLeast(SMALLEST_EXPONENT).atMost(OVERFLOWING_EXPONENT);
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

  /** scale × (c₀ + c₁x + c₂x² + …) by Horner's rule, ready for fused multiply-adds. */
  private static Expression polynomial(Expression x, double scale, double[] coefficients) {
    Expression sum = Expression.constant(scale * coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = sum.times(x).plus(scale * coefficients[i]);
    }
    return sum;
  }
}
