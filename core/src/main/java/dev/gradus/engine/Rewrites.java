package dev.gradus.engine;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Goal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings equations into the form that vector units like, moving work from every weight to a few
 * scalars: x ÷ s becomes x × (1 ÷ s), (x × s) × r becomes x × (s × r), and a − x × s becomes a + x
 * × (0 − s), ready for a fused multiply-add. Functions that vector units lack become {@link
 * Approximations}.
 */
final class Rewrites {
  private static final Expression ZERO = Expression.constant(0);
  private static final Expression ONE = Expression.constant(1);

  private final Map<Expression, Expression> done = new HashMap<>();

  static Goal rewrite(Goal goal) {
    var rewrites = new Rewrites();
    SequencedMap<Slot, Expression> next = rewrites.all(goal.next());
    SequencedMap<String, Expression> measured = rewrites.all(goal.measured());
    return new Goal(
        next, measured, goal.gate().map(fold -> (ModelFold) rewrites.of(fold)), goal.format());
  }

  private <K> SequencedMap<K, Expression> all(SequencedMap<K, Expression> values) {
    var result = new LinkedHashMap<K, Expression>();
    values.forEach((key, value) -> result.put(key, of(value)));
    return result;
  }

  private Expression of(Expression e) {
    Expression known = done.get(e);
    if (known == null) {
      List<Expression> operands = e.operands().stream().map(this::of).toList();
      Expression rebuilt = operands.isEmpty() ? e : e.withOperands(operands);
      known = rebuilt instanceof Operation o ? improved(o) : rebuilt;
      done.put(e, known);
    }
    return known;
  }

  private static Expression improved(Operation o) {
    return o.level().isScalar() ? Norms.ofAnySize(o) : improve(o);
  }

  private static Expression improve(Operation o) {
    Expression a = o.operands().getFirst();
    Expression b = o.operands().getLast();
    return switch (o.operator()) {
      case DIVIDE -> b.level().isScalar() ? scaled(a, ONE.over(b)) : o;
      case MULTIPLY ->
          b.level().isScalar() ? scaled(a, b) : a.level().isScalar() ? scaled(b, a) : o;
      case SUBTRACT -> difference(o, a, b);
      case MINIMUM -> isBound(b) ? Approximations.atMost(a, b) : o;
      case MAXIMUM -> isBound(b) ? Approximations.atLeast(a, b) : o;
      case TANH -> Approximations.tanh(a);
      case EXP2 -> Approximations.exp2(a);
      default -> o;
    };
  }

  /** Zeros have signs, which a comparison does not see. */
  private static boolean isBound(Expression e) {
    return e instanceof Constant c && c.value() != 0;
  }

  private static Expression difference(Operation o, Expression a, Expression b) {
    Operation product = scaling(b);
    return product == null
        ? o
        : a.plus(product.operands().getFirst().times(ZERO.minus(product.operands().getLast())));
  }

  private static Expression scaled(Expression value, Expression scalar) {
    Operation product = scaling(value);
    return product == null
        ? value.times(scalar)
        : product.operands().getFirst().times(product.operands().getLast().times(scalar));
  }

  /** The expression itself if it is a value for every weight times a scalar, in this order. */
  private static @Nullable Operation scaling(Expression e) {
    return e instanceof Operation o
            && o.operator() == Operator.MULTIPLY
            && o.operands().getLast().level().isScalar()
            && !o.operands().getFirst().level().isScalar()
        ? o
        : null;
  }
}
