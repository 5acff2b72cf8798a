package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * A straight line from one factor to another; the second after its end.
 *
 * <p>Equals torch.optim.lr_scheduler.LinearLR with the same factors.
 *
 * <p>Example: {@code linear(startFactor=0.1, endFactor=1, steps=500)}.
 *
 * @param startFactor the factor of the first step, in [0, ∞)
 * @param endFactor the factor at the end, in [0, ∞)
 * @param steps the length of the line; 0 for the whole run
 */
@Name("linear")
public record Linear(
    @Range("[0, ∞)") double startFactor,
    @Range("[0, ∞)") double endFactor,
    @Range("[0, ∞)") long steps)
    implements Schedule {
  /** Checks the ranges. */
  public Linear {
    RecordType.check(Linear.class, startFactor, endFactor, steps);
  }

  /** From the base rate down to 0 over the whole run. */
  public Linear() {
    this(1, 0, 0);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    long length = steps == 0 ? totalSteps : steps;
    return startFactor + (endFactor - startFactor) * Math.min(step, length) / length;
  }

  @Override
  public double lowest() {
    return Math.min(startFactor, endFactor);
  }

  @Override
  public double highest() {
    return Math.max(startFactor, endFactor);
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Linear.class).print(this);
  }
}
