package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Multiplies the rate by a factor every so many steps.
 *
 * <p>Equals torch.optim.lr_scheduler.StepLR with step_size = size and gamma = factor.
 *
 * <p>Example: {@code step(size=3000, factor=0.5)}.
 *
 * @param size the number of steps at one rate, at least 1
 * @param factor what the rate is multiplied by, in [0, ∞)
 */
@Name("step")
public record Step(@Range("[1, ∞)") long size, @Range("[0, ∞)") double factor) implements Schedule {
  /** Checks the ranges. */
  public Step {
    RecordType.check(Step.class, size, factor);
  }

  /** A tenth every thousand steps. */
  public Step() {
    this(1000, 0.1);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    return Math.pow(factor, (double) Math.floorDiv(step, size));
  }

  @Override
  public double lowest() {
    return factor < 1 ? 0 : 1;
  }

  @Override
  public double highest() {
    return factor > 1 ? Double.POSITIVE_INFINITY : 1;
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Step.class).print(this);
  }
}
