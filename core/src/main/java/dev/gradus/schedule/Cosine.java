package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Half a cosine wave from the base rate down to a floor; the floor after its end.
 *
 * <p>Equals torch.optim.lr_scheduler.CosineAnnealingLR with eta_min = floor × base rate.
 *
 * <p>Example: {@code cosine(floor=0.01)}.
 *
 * @param floor the factor at the end, in [0, 1]
 * @param steps the length of the wave; 0 for the whole run
 */
@Name("cosine")
public record Cosine(@Range("[0, 1]") double floor, @Range("[0, ∞)") long steps)
    implements Schedule {
  /** Checks the ranges. */
  public Cosine {
    RecordType.check(Cosine.class, floor, steps);
  }

  /** Down to 0 over the whole run. */
  public Cosine() {
    this(0, 0);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    long length = steps == 0 ? totalSteps : steps;
    double progress = (double) Math.min(step, length) / length;
    return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  @Override
  public double lowest() {
    return floor;
  }

  @Override
  public double highest() {
    return 1;
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Cosine.class).print(this);
  }
}
