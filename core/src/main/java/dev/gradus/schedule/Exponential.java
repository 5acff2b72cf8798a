package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * A power of one factor: factorᵗ after t steps.
 *
 * <p>Equals torch.optim.lr_scheduler.ExponentialLR with gamma = factor, called once a step.
 *
 * <p>Example: {@code exponential(0.9999)} halves the rate every 6931 steps.
 *
 * @param factor what the rate is multiplied by after each step, in [0, ∞)
 */
@Name("exponential")
public record Exponential(@Range("[0, ∞)") double factor) implements Schedule {
  /** Checks the range. */
  public Exponential {
    RecordType.check(Exponential.class, factor);
  }

  /** A tenth less every hundred and five steps. */
  public Exponential() {
    this(0.999);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    return Math.pow(factor, (double) step);
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
    return RecordType.of(Exponential.class).print(this);
  }
}
