package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * The share of the hybrid rule's multiplicative part: 1 for some periods, then a power that goes to
 * 0, or back to 1.
 *
 * <pre>
 * period ≤ patience:   1
 * after k more:        gammaᵏ, or 1 − (1 − gamma)ᵏ if inverse
 * </pre>
 *
 * <p>Periods count from 1. Equals the gamma scheduler of the authors of the hybrid rule, which is
 * called once an epoch: {@code every} is the number of steps of an epoch.
 *
 * <p>Example: {@code hybrid(gamma=fade(gamma=0.9, patience=3, every=500))}.
 *
 * @param gamma the share in the first period after the patience, in [0, 1]
 * @param patience how many periods the share stays 1, at least 0
 * @param inverse whether the share rises back to 1 instead of falling to 0
 * @param every the number of steps of a period, at least 1
 */
@Name("fade")
public record Fade(
    @Range("[0, 1]") double gamma,
    @Range("[0, ∞)") long patience,
    boolean inverse,
    @Range("[1, ∞)") long every)
    implements Schedule {
  /** Checks the ranges. */
  public Fade {
    RecordType.check(Fade.class, gamma, patience, inverse, every);
  }

  /** A tenth less in every period of a thousand steps. */
  public Fade() {
    this(0.9, 0, false, 1000);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    double passed = Math.floorDiv(step, every) + 1.0 - patience;
    if (passed <= 0) {
      return 1;
    }
    return inverse ? 1 - Math.pow(1 - gamma, passed) : Math.pow(gamma, passed);
  }

  @Override
  public double lowest() {
    return inverse ? gamma : 0;
  }

  @Override
  public double highest() {
    return 1;
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Fade.class).print(this);
  }
}
