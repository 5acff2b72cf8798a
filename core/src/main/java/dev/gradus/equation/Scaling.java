package dev.gradus.equation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a value follows when a weight whose length has no effect is made shorter: a weight divided by
 * n sees gradients n times as large, so the weight has degree −1, the gradient 1, a product the sum
 * of its factors' degrees, and a sum that of its largest term.
 */
final class Scaling {
  private final Map<Expression, Double> degrees = new HashMap<>();

  /** The states that are known to have degrees of their own. */
  Scaling(Iterable<State> states) {
    degrees.put(Facts.WEIGHT, -1.0);
    degrees.put(Facts.GRADIENT, 1.0);
    states.forEach(state -> degrees.put(state.old(), (double) state.degree()));
  }

  int degree(Expression e) {
    return (int) Math.round(of(e));
  }

  private double of(Expression e) {
    Double known = degrees.get(e);
    if (known != null) {
      return known;
    }
    double degree = e instanceof Operation o ? of(o.operator(), o.operands()) : ofFirst(e);
    degrees.put(e, degree);
    return degree;
  }

  private double ofFirst(Expression e) {
    return e.operands().isEmpty() ? 0 : of(e.operands().getFirst());
  }

  private double of(Operator operator, List<Expression> x) {
    return switch (operator) {
      case ADD, SUBTRACT, MINIMUM, MAXIMUM -> largest(x);
      case SELECT -> largest(x.subList(1, 3));
      case MULTIPLY -> of(x.getFirst()) + of(x.getLast());
      case DIVIDE -> of(x.getFirst()) - of(x.getLast());
      case SQUARE_ROOT -> of(x.getFirst()) / 2;
      case ABSOLUTE, REMAINDER -> of(x.getFirst());
      case SIGN, TANH, EXP2, LESS, EQUAL, POWER -> 0;
    };
  }

  /** A number added to a value, or standing in for it, takes its degree. */
  private double largest(List<Expression> terms) {
    return terms.stream()
        .filter(term -> !(term instanceof Constant))
        .mapToDouble(this::of)
        .max()
        .orElse(0);
  }
}
