package dev.gradus.schedule;

import dev.gradus.schedule.History.Observation;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One value until a metric's decrease has flattened, then another: ARSGB's observation boost.
 *
 * <pre>
 * rate of decrease   r = (metric window measurements ago − metric now) ÷ window
 * flat               r ≤ share × r₀, where r₀ is the rate over the first window
 * </pre>
 *
 * <p>The authors double the observation factor and divide the learning rate by four, once, when the
 * training loss decreases half as fast as at first; moments are kept. Both are one schedule each,
 * and change in the same step:
 *
 * <pre>
 * gradus train --optimizer 'arsg(mu=boost(before=0.05, after=0.1))' --schedule 'boost(after=0.25)'
 * </pre>
 *
 * <p>Where the step is known beforehand, {@link Milestones} say it. A pure function of the recorded
 * {@link History}; before the first measurement the value is {@code before}.
 *
 * <p>Reference: Chen et al., arXiv 1905.01422, supplement B; the windows there are 2 epochs for
 * MNIST and 10 for CIFAR-10.
 *
 * @param before the value at first, in [0, ∞)
 * @param after the value once the decrease is flat, in [0, ∞)
 * @param window over how many measurements a rate is taken, at least 1
 * @param share the part of the first rate that counts as flat, in [0, 1)
 * @param metric what is watched: {@code trainLoss}, or a metric of the validation examples
 */
@Name("boost")
public record Boost(
    @Range("[0, ∞)") double before,
    @Range("[0, ∞)") double after,
    @Range("[1, ∞)") long window,
    @Range("[0, 1)") double share,
    String metric)
    implements Schedule {
  /** Checks the ranges. */
  public Boost {
    RecordType.check(Boost.class, before, after, window, share, metric);
  }

  /** A quarter of the base rate when the training loss of two epochs has flattened by half. */
  public Boost() {
    this(1, 0.25, 2, 0.5, "trainLoss");
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    return before;
  }

  @Override
  public Schedule given(History history) {
    List<Observation> seen = history.of(metric);
    for (int now = 1; now + window < seen.size(); now++) {
      if (decrease(seen, now) <= share * Math.max(0, decrease(seen, 0))) {
        long steps = seen.get((int) (now + window)).steps();
        return new Milestones(before, new TreeMap<>(Map.of(steps, after)));
      }
    }
    return this;
  }

  /** By how much the metric fell over the window that begins with a measurement. */
  private double decrease(List<Observation> seen, int start) {
    return seen.get(start).value() - seen.get((int) (start + window)).value();
  }

  @Override
  public Set<String> metrics() {
    return Set.of(metric);
  }

  @Override
  public double lowest() {
    return Math.min(before, after);
  }

  @Override
  public double highest() {
    return Math.max(before, after);
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Boost.class).print(this);
  }
}
