package dev.gradus.formula;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import java.util.Optional;

/**
 * A fold seen as a whole, however many levels it goes down.
 *
 * @param combine how values are brought together
 * @param over down to which level
 * @param operand the finest value that is folded
 */
record Folded(Combine combine, Level over, Expression operand) {
  /** The fold that an expression is, if it is one. */
  static Optional<Folded> of(Expression e) {
    return switch (e) {
      case Fold fold -> Optional.of(new Folded(fold.combine(), fold.level(), inner(fold)));
      case ModelFold fold -> Optional.of(new Folded(fold.combine(), Level.MODEL, inner(fold)));
      default -> Optional.empty();
    };
  }

  private static Expression inner(Fold fold) {
    return fold.operand() instanceof Fold rows && fold.isTotalOf(rows)
        ? rows.operand()
        : fold.operand();
  }

  private static Expression inner(ModelFold fold) {
    return fold.operand() instanceof Fold own && own.combine() == fold.combine()
        ? inner(own)
        : fold.operand();
  }

  /** What is squared and summed, if this is a sum of squares. */
  Optional<Expression> squared() {
    return combine == Combine.SUM ? operand.factorOfSquare() : Optional.empty();
  }

  /** The sum of squares under a root, which makes it a norm. */
  static Optional<Folded> underRoot(Expression e) {
    return e instanceof Operation o && o.operator() == Operator.SQUARE_ROOT
        ? of(o.operands().getFirst()).filter(folded -> folded.squared().isPresent())
        : Optional.empty();
  }
}
