package dev.gradus.schedule;

import dev.gradus.text.Name;

/** The base learning rate in every step. */
@Name("constant")
public record Constant() implements Schedule {
  @Override
  public double multiplier(long step, long totalSteps) {
    return 1;
  }
}
