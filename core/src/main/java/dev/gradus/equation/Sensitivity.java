package dev.gradus.equation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a value per weight follows a slot of the same weight, when divisors, roots and folds are
 * taken as given: for a step that is a moving average over a root, the average's share of a new
 * gradient over the root, which is what preconditions a gradient.
 *
 * <p>A sign is taken for its operand, since it has no slope of its own.
 */
public final class Sensitivity {
  private static final Expression ZERO = Expression.constant(0);
  private static final Expression ONE = Expression.constant(1);

  private final Slot slot;
  private final Map<Expression, Expression> known = new HashMap<>();

  private Sensitivity(Slot slot) {
    this.slot = slot;
  }

  /**
   * The derivative, without what is taken as given.
   *
   * @param value any expression
   * @param slot a slot with a number for every weight
   * @return 0 if the value does not contain the slot but in what is taken as given
   */
  public static Expression of(Expression value, Slot slot) {
    return new Sensitivity(slot).of(value);
  }

  private Expression of(Expression e) {
    Expression found = known.get(e);
    if (found == null) {
      found = e == slot ? ONE : e instanceof Operation o ? of(o.operator(), o.operands()) : ZERO;
      known.put(e, found);
    }
    return found;
  }

  private Expression of(Operator operator, List<Expression> x) {
    Expression a = x.getFirst();
    Expression b = x.getLast();
    return switch (operator) {
      case ADD -> of(a).plus(of(b));
      case SUBTRACT -> of(a).minus(of(b));
      case MULTIPLY -> product(a, b);
      case DIVIDE -> scaled(of(a), ONE.over(b));
      case SELECT -> choice(a, of(x.get(1)), of(b));
      case MINIMUM -> choice(a.below(b), of(a), of(b));
      case MAXIMUM -> choice(b.below(a), of(a), of(b));
      case ABSOLUTE -> scaled(of(a), a.sign());
      case TANH -> scaled(of(a), ONE.minus(a.tanh().square()));
      case EXP2 -> scaled(of(a), a.exp2().times(Math.log(2)));
      case SIGN -> of(a);
      case SQUARE_ROOT, LESS, EQUAL, POWER, REMAINDER -> ZERO;
    };
  }

  private Expression product(Expression a, Expression b) {
    return scaled(of(a), b).plus(scaled(of(b), a));
  }

  private static Expression scaled(Expression slope, Expression factor) {
    return slope == ZERO ? ZERO : slope.times(factor);
  }

  private static Expression choice(Expression condition, Expression a, Expression b) {
    return a == b ? a : condition.choose(a, b);
  }
}
