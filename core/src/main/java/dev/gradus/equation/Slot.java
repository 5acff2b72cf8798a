package dev.gradus.equation;

import java.util.List;

/** What memory holds before the step: the weight, the gradient, or a state. */
public final class Slot extends Expression {
  private final String name;

  Slot(long id, String name, Level level) {
    super(id, level, List.of());
    this.name = name;
  }

  /**
   * {@return the slot of a name}
   *
   * @param name the slot's name
   * @param level how many numbers it holds
   */
  public static Slot of(String name, Level level) {
    return Expressions.slot(name, level);
  }

  /** {@return the name, for a state the one it has in checkpoints} */
  public String name() {
    return name;
  }
}
