package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * The same factor in every step. As an option's value it may be written as the number alone: {@code
 * rsg(mu=0.1)} is {@code rsg(mu=constant(0.1))}.
 *
 * @param value the factor, in [0, ∞)
 */
@Name("constant")
public record Constant(@Range("[0, ∞)") double value) implements Schedule {
  /** Checks the range. */
  public Constant {
    RecordType.check(Constant.class, value);
  }

  /** The base learning rate. */
  public Constant() {
    this(1);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    return value;
  }

  @Override
  public double lowest() {
    return value;
  }

  @Override
  public double highest() {
    return value;
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Constant.class).print(this);
  }
}
