package dev.gradus.cli.explain;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Variants;
import java.util.List;

/** What the host knows before a step of a run at a constant learning rate of 1. */
record HostNumbers(Shape shape, int step) {
  /** Bit i says that condition i holds. */
  long choices(Variants variants) {
    long choices = 0;
    List<Expression> conditions = variants.conditions();
    for (int i = 0; i < conditions.size(); i++) {
      choices |= value(conditions.get(i)) != 0 ? 1L << i : 0;
    }
    return choices;
  }

  private double value(Expression e) {
    return switch (e) {
      case Constant c -> c.value();
      case Fact f -> fact(f);
      case Slot s -> s.name().equals("steps") ? step - 1 : 0;
      case Operation o -> operation(o);
      default -> throw new IllegalStateException("The host knows no fold: " + e);
    };
  }

  private double fact(Fact fact) {
    if (fact == Facts.SHARED_STEPS) {
      return step;
    }
    if (fact == Facts.COLUMNS) {
      return shape.columns();
    }
    return fact == Facts.SIZE ? shape.size() : 1;
  }

  private double operation(Operation o) {
    List<Expression> x = o.operands();
    double last = value(x.getLast());
    return o.operator().apply(value(x.getFirst()), x.size() > 1 ? value(x.get(1)) : last, last);
  }
}
