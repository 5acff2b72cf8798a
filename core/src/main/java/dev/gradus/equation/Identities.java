package dev.gradus.equation;

import org.jspecify.annotations.Nullable;

/**
 * The identities taken while an expression is built. Each holds for every value, infinities and
 * not-a-number included, but for the sign of a zero: −0 + 0 stays −0.
 */
final class Identities {
  private Identities() {}

  static @Nullable Expression simplify(Operator operator, Expression... x) {
    if (Expressions.allConstant(x)) {
      return Expression.constant(
          operator.apply(value(x[0]), value(x[Math.min(1, x.length - 1)]), value(x[x.length - 1])));
    }
    return switch (operator) {
      case ADD -> isNumber(x[0], 0) ? x[1] : isNumber(x[1], 0) ? x[0] : null;
      case SUBTRACT -> isNumber(x[1], 0) ? x[0] : null;
      case MULTIPLY -> isNumber(x[0], 1) ? x[1] : isNumber(x[1], 1) ? x[0] : null;
      case DIVIDE -> isNumber(x[1], 1) ? x[0] : null;
      case SELECT -> select(x[0], x[1], x[2]);
      default -> null;
    };
  }

  private static @Nullable Expression select(
      Expression condition, Expression whenTrue, Expression otherwise) {
    if (whenTrue == otherwise) {
      return whenTrue;
    }
    return condition instanceof Constant c ? (c.value() != 0 ? whenTrue : otherwise) : null;
  }

  private static boolean isNumber(Expression e, double number) {
    return e instanceof Constant c && c.value() == number;
  }

  private static double value(Expression e) {
    return ((Constant) e).value();
  }
}
