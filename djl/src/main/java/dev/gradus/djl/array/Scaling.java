package dev.gradus.djl.array;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Level;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import org.jspecify.annotations.Nullable;

/**
 * A value per weight multiplied by one number.
 *
 * @param value the value per weight
 * @param factor the number
 */
record Scaling(Expression value, Expression factor) {
  /** The two factors of an expression of this form; null for others. */
  static @Nullable Scaling of(Expression e) {
    if (!(e instanceof Operation o) || o.operator() != Operator.MULTIPLY) {
      return null;
    }
    Expression a = o.operands().getFirst();
    Expression b = o.operands().getLast();
    if (isNumber(b) && a.level() == Level.ELEMENT) {
      return new Scaling(a, b);
    }
    return isNumber(a) && b.level() == Level.ELEMENT ? new Scaling(b, a) : null;
  }

  private static boolean isNumber(Expression e) {
    return e.level().compareTo(Level.TENSOR) <= 0;
  }
}
