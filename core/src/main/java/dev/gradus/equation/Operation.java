package dev.gradus.equation;

import java.util.List;
import java.util.Optional;

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

  @Override
  public Optional<Expression> factorOfSquare() {
    Expression first = operands().getFirst();
    return operator == Operator.MULTIPLY && first == operands().getLast()
        ? Optional.of(first)
        : Optional.empty();
  }
}
