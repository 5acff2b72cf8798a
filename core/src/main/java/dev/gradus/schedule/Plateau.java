package dev.gradus.schedule;

import dev.gradus.schedule.History.Observation;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Multiplies the rate by a factor when a metric has stopped improving.
 *
 * <p>A measurement is an improvement if it is better than the best so far by more than the
 * threshold. After more than {@code patience} measurements in a row without one, the factor acts,
 * and counting begins anew; for {@code cooldown} measurements after that none is counted.
 *
 * <p>Equals torch.optim.lr_scheduler.ReduceLROnPlateau, called once for every measurement, with
 * min_lr = floor × base rate and eps = 0. A pure function of the recorded {@link History}; before
 * the first measurement the factor is 1.
 *
 * <p>Example: {@code plateau(factor=0.5, patience=3)}.
 *
 * @param factor what the rate is multiplied by, in [0, 1)
 * @param patience how many measurements without improvement are borne, at least 0
 * @param threshold by how much a measurement must be better, in [0, ∞)
 * @param relative whether the threshold is a part of the best measurement, not a difference
 * @param cooldown how many measurements after a change are not counted, at least 0
 * @param floor the factor that is not gone below, in [0, 1]
 * @param metric what is watched: a metric of the validation examples, or {@code trainLoss}
 * @param mode which measurements are better
 */
@Name("plateau")
public record Plateau(
    @Range("[0, 1)") double factor,
    @Range("[0, ∞)") long patience,
    @Range("[0, ∞)") double threshold,
    boolean relative,
    @Range("[0, ∞)") long cooldown,
    @Range("[0, 1]") double floor,
    String metric,
    Mode mode)
    implements Schedule {
  /** Which of two measurements is better. */
  public enum Mode {
    /** The lower one. */
    MIN,
    /** The higher one. */
    MAX
  }

  /** Checks the ranges. */
  public Plateau {
    RecordType.check(
        Plateau.class, factor, patience, threshold, relative, cooldown, floor, metric, mode);
  }

  /** PyTorch's settings: a tenth after ten measurements of the validation loss in vain. */
  public Plateau() {
    this(0.1, 10, 1e-4, true, 0, 0, "loss", Mode.MIN);
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    return 1;
  }

  @Override
  public Schedule given(History history) {
    var changes = new TreeMap<Long, Double>();
    double best = mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    long inVain = 0;
    long resting = 0;
    for (Observation seen : history.of(metric)) {
      boolean better = improves(seen.value(), best);
      best = better ? seen.value() : best;
      inVain = better || resting > 0 ? 0 : inVain + 1;
      resting = Math.max(0, resting - 1);
      if (inVain > patience) {
        changes.put(seen.steps(), reduced(changes));
        resting = cooldown;
        inVain = 0;
      }
    }
    return new Milestones(1, changes);
  }

  private boolean improves(double now, double best) {
    double margin = relative ? threshold * best : threshold;
    return Double.isInfinite(best)
        ? Double.isFinite(now)
        : mode == Mode.MIN ? now < best - margin : now > best + margin;
  }

  private double reduced(SortedMap<Long, Double> changes) {
    double now = changes.isEmpty() ? 1 : changes.lastEntry().getValue();
    return Math.max(floor, now * factor);
  }

  @Override
  public Set<String> metrics() {
    return Set.of(metric);
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
    return RecordType.of(Plateau.class).print(this);
  }
}
