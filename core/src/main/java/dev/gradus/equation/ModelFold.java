package dev.gradus.equation;

import java.util.List;

/**
 * One number per tensor folded over all tensors whose equations carry a fold of this name, in all
 * groups. The name, not the expression, says what belongs together.
 */
public final class ModelFold extends Expression {
  private final String name;
  private final Combine combine;

  ModelFold(long id, String name, Combine combine, Expression operand) {
    super(id, Level.MODEL, List.of(operand));
    this.name = name;
    this.combine = combine;
  }

  /** {@return the name shared by every tensor's part} */
  public String name() {
    return name;
  }

  /** {@return how the tensors' numbers are brought together} */
  public Combine combine() {
    return combine;
  }

  /** {@return this tensor's part, the only operand, at most of level TENSOR} */
  public Expression operand() {
    return operands().getFirst();
  }
}
