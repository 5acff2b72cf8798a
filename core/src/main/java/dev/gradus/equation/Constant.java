package dev.gradus.equation;

import java.util.List;

/** A number written in a rule. */
public final class Constant extends Expression {
  private final double value;

  Constant(long id, double value) {
    super(id, Level.STEP, List.of());
    this.value = value;
  }

  /** {@return the number} */
  public double value() {
    return value;
  }
}
