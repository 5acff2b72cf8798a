package dev.gradus.engine;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;

/**
 * Norms of values so small that their squares vanish in single precision: beside Σx² the squares of
 * the raised values are added up, which takes no more memory, and count if Σx² is small.
 */
final class Norms {
  private static final double RAISE = 0x1p64;

  /** Below it squares may have vanished; below it squares of raised values are still finite. */
  private static final double SMALL = 0x1p-64;

  private Norms() {}

  /** A norm of values per weight made safe; any other expression as it is. */
  static Expression ofAnySize(Operation o) {
    if (o.operator() != Operator.SQUARE_ROOT
        || !(o.operands().getFirst() instanceof Fold sum)
        || sum.combine() != Combine.SUM) {
      return o;
    }
    Fold rows = sum.operand() instanceof Fold r && sum.isTotalOf(r) ? r : sum;
    if (rows.operand().level().isScalar()) {
      return o;
    }
    return rows.operand().factorOfSquare().map(x -> norm(x, o, sum)).orElse(o);
  }

  private static Expression norm(Expression x, Expression plain, Fold sum) {
    Expression raised = x.times(RAISE).square().sum(sum.level());
    Expression small = raised.squareRoot().times(1 / RAISE);
    return sum.below(Expression.constant(SMALL)).choose(small, plain);
  }
}
