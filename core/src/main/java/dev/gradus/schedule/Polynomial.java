package dev.gradus.schedule;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * A power of what is left of the run: (1 − t ÷ steps)ᵖᵒʷᵉʳ, and 0 after its end.
 *
 * <p>Equals torch.optim.lr_scheduler.PolynomialLR with total_iters = steps.
 *
 * <p>Example: {@code polynomial(power=0.9)}, which is usual for image segmentation.
 *
 * @param power the exponent, in (0, ∞): 1 is a straight line, more falls early, less falls late
 * @param steps the number of steps to 0; 0 for the whole run
 */
@Name("polynomial")
public record Polynomial(@Range("(0, ∞)") double power, @Range("[0, ∞)") long steps)
    implements Schedule {
  /** Checks the ranges. */
  public Polynomial {
    RecordType.check(Polynomial.class, power, steps);
  }

  /** A parabola over the whole run. */
  public Polynomial() {
    this(2, 0);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    long length = steps == 0 ? totalSteps : steps;
    return Math.pow(1 - (double) Math.min(step, length) / length, power);
  }

  @Override
  public double highest() {
    return 1;
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Polynomial.class).print(this);
  }
}
