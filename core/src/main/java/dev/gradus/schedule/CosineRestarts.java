package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Half cosine waves from the base rate down to a floor, one after the other (SGDR; Loshchilov and
 * Hutter, arXiv 1608.03983).
 *
 * <p>Equals torch.optim.lr_scheduler.CosineAnnealingWarmRestarts with T_0 = firstPeriod, T_mult =
 * periodFactor and eta_min = floor × base rate.
 *
 * <p>Example: {@code cosine-restarts(firstPeriod=1000, periodFactor=2)} restarts after 1000, 3000
 * and 7000 steps.
 *
 * @param floor the factor that each wave falls to, in [0, 1]
 * @param firstPeriod the length of the first wave, at least 1
 * @param periodFactor how many times as long each wave is as the one before, at least 1
 */
@Name("cosine-restarts")
public record CosineRestarts(
    @Range("[0, 1]") double floor,
    @Range("[1, ∞)") long firstPeriod,
    @Range("[1, ∞)") long periodFactor)
    implements Schedule {
  /** Checks the ranges. */
  public CosineRestarts {
    RecordType.check(CosineRestarts.class, floor, firstPeriod, periodFactor);
  }

  /** Down to 0 every thousand steps. */
  public CosineRestarts() {
    this(0, 1000, 1);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    double progress = progress(step);
    return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  /** How much of its wave a step has behind it, in [0, 1). */
  private double progress(long step) {
    if (periodFactor == 1) {
      return (double) (step % firstPeriod) / firstPeriod;
    }
    double left = step;
    double period = firstPeriod;
    while (left >= period) {
      left -= period;
      period *= periodFactor;
    }
    return left / period;
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
    return RecordType.of(CosineRestarts.class).print(this);
  }
}
