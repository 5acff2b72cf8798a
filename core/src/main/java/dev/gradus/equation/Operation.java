package dev.gradus.equation;

import java.util.List;

/** An operator applied to operands. */
public final class Operation extends Expression {
  private final Operator operator;

  Operation(long id, Operator operator, Level level, List<Expression> operands) {
    super(id, level, operands);
    this.operator = operator;
  }

  /** {@return what is applied} */
  public Operator operator() {
    return operator;
  }
}
