package dev.gradus.schedule;

import dev.gradus.UserException;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * One rise to the base rate and one fall far below where it began.
 *
 * <pre>
 * two phases:    start → 1 → end               start = 1 ÷ divFactor
 * three phases:  start → 1 → start → end       end = start ÷ finalDivFactor
 * </pre>
 *
 * <p>A large rate in the middle of the run speeds training up and regularises it; the long tail
 * settles it (Smith and Topin, arXiv 1708.07120). The base rate is the highest rate of the run.
 *
 * <p>Equals torch.optim.lr_scheduler.OneCycleLR with max_lr = base rate, and like it counts a phase
 * from its first to its last step: the highest rate is reached in step warmupFraction × steps − 1.
 *
 * <p>Example: {@code one-cycle(warmupFraction=0.2)}.
 *
 * @param warmupFraction the part of the run in which the rate rises, in (0, 1]; with three phases
 *     also the part in which it falls back, and then at most a half
 * @param anneal the form of rise and fall
 * @param divFactor by how much the first rate is below the highest, in [1, ∞)
 * @param finalDivFactor by how much the last rate is below the first, in [1, ∞)
 * @param threePhase whether the fall repeats the rise backwards before it goes below the start
 * @param steps the length of the cycle; 0 for the whole run
 */
@Name("one-cycle")
public record OneCycle(
    @Range("(0, 1]") double warmupFraction,
    Anneal anneal,
    @Range("[1, ∞)") double divFactor,
    @Range("[1, ∞)") double finalDivFactor,
    boolean threePhase,
    @Range("[0, ∞)") long steps)
    implements Schedule {
  private static final double HALF = 0.5;

  /** The form of a phase. */
  public enum Anneal {
    /** Half a cosine wave: slow at both ends. */
    COS,
    /** A straight line. */
    LINEAR;

    double between(double from, double to, double progress) {
      return switch (this) {
        case COS -> to + (from - to) / 2 * (1 + Math.cos(Math.PI * progress));
        case LINEAR -> from + (to - from) * progress;
      };
    }
  }

  /** Checks the ranges, and that three phases leave room for the last. */
  public OneCycle {
    RecordType.check(
        OneCycle.class, warmupFraction, anneal, divFactor, finalDivFactor, threePhase, steps);
    if (threePhase && warmupFraction > HALF) {
      throw new UserException(
          "Option warmupFraction of 'one-cycle' is "
              + warmupFraction
              + ", but with threePhase it must be at most 0.5, because rise and fall take that much"
              + " each.");
    }
  }

  /** PyTorch's settings over the whole run. */
  public OneCycle() {
    this(0.3, Anneal.COS, 25, 1e4, false, 0);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    long length = steps == 0 ? totalSteps : steps;
    double now = Math.min(step, length - 1);
    double last = length - 1;
    double top = warmupFraction * length - 1;
    if (now <= top) {
      return phase(first(), 1, now, 0, top);
    }
    if (!threePhase) {
      return phase(1, lowest(), now, top, last);
    }
    double bottom = 2 * warmupFraction * length - 2;
    return now <= bottom
        ? phase(1, first(), now, top, bottom)
        : phase(first(), lowest(), now, bottom, last);
  }

  /** A phase of one step is at its end. */
  private double phase(double from, double to, double now, double start, double end) {
    return anneal.between(from, to, end > start ? (now - start) / (end - start) : 1);
  }

  private double first() {
    return 1 / divFactor;
  }

  @Override
  public double lowest() {
    return first() / finalDivFactor;
  }

  @Override
  public double highest() {
    return 1;
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(OneCycle.class).print(this);
  }
}
