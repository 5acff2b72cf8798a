package dev.gradus.equation;

import java.util.List;

/** A number that the host knows before the step: a learning rate, the size of a tensor. */
public final class Fact extends Expression {
  private final String name;

  Fact(long id, String name, Level level) {
    super(id, level, List.of());
    this.name = name;
  }

  /**
   * {@return the fact of a name}
   *
   * @param name the fact's name
   * @param level STEP if it is the same for all tensors, TENSOR otherwise
   */
  public static Fact of(String name, Level level) {
    return Expressions.fact(name, level);
  }

  /** {@return the name} */
  public String name() {
    return name;
  }
}
