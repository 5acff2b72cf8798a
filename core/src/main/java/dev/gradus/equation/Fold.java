package dev.gradus.equation;

import java.util.List;

/** Values of a finer level folded to one per row or one per tensor. */
public final class Fold extends Expression {
  private final Combine combine;

  Fold(long id, Combine combine, Level level, Expression operand) {
    super(id, level, List.of(operand));
    this.combine = combine;
  }

  /** {@return how values are brought together} */
  public Combine combine() {
    return combine;
  }

  /** {@return what is folded, the only operand} */
  public Expression operand() {
    return operands().getFirst();
  }

  /**
   * {@return whether this only brings the rows of another fold together, which could as well be
   * made without regard to rows}
   *
   * @param rows what may be the other fold
   */
  public boolean isTotalOf(Expression rows) {
    return rows == operand() && rows instanceof Fold f && f.combine == combine;
  }

  /** {@return whether the operand has a value for every weight, so that folding it costs a pass} */
  public boolean readsElements() {
    return operand().level() == Level.ELEMENT;
  }
}
