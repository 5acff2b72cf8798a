package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.Set;

/**
 * A straight rise to the base rate, followed by another schedule over the steps that are left.
 *
 * <p>Equals torch.optim.lr_scheduler.SequentialLR of LinearLR and the other scheduler.
 *
 * <p>Example: {@code warmup(steps=500, then=cosine)}.
 *
 * @param steps the length of the rise, at least 1
 * @param startFactor the factor of the first step, in [0, 1]
 * @param then what follows; its step 0 is the step after the rise
 */
@Name("warmup")
public record Warmup(
    @Range("[1, ∞)") long steps, @Range("[0, 1]") double startFactor, Schedule then)
    implements Schedule {
  /** Checks the ranges. */
  public Warmup {
    RecordType.check(Warmup.class, steps, startFactor, then);
  }

  /** A hundred steps from a tenth, then the base rate. */
  public Warmup() {
    this(100, 0.1, new Constant());
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    return step < steps
        ? startFactor + (1 - startFactor) * step / steps
        : then.multiplier(step - steps, Math.max(1, totalSteps - steps));
  }

  /** What was measured during the rise does not count. */
  @Override
  public Schedule given(History history) {
    return new Warmup(steps, startFactor, then.given(history.after(steps)));
  }

  @Override
  public Set<String> metrics() {
    return then.metrics();
  }

  @Override
  public double lowest() {
    return Math.min(startFactor, then.lowest());
  }

  @Override
  public double highest() {
    return Math.max(1, then.highest());
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Warmup.class).print(this);
  }
}
