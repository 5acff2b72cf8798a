package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.RecordType;

/** The base learning rate in every step. */
@Name("constant")
public record Constant() implements Schedule {
  @Override
  public double multiplier(long step, long totalSteps) {
    return 1;
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Constant.class).print(this);
  }
}
