package dev.gradus.schedule;

import dev.gradus.UserException;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A factor that stays until a step is reached, then another, and so on.
 *
 * <p>Equals torch.optim.lr_scheduler.MultiStepLR with the powers of gamma written out, and
 * ConstantLR: {@code milestones(0.2, 15: 1)}.
 *
 * <p>Example: {@code milestones(1, 3000: 0.1, 6000: 0.01)}; as an option's value {@code
 * rsg(mu=milestones(0.05, 6000: 0.1))}.
 *
 * @param first the factor before the first milestone, in [0, ∞)
 * @param then the factor in force from each step on, in [0, ∞)
 */
@Name("milestones")
public record Milestones(
    @Range("[0, ∞)") double first, @Range("[0, ∞)") SortedMap<Long, Double> then)
    implements Schedule {
  /** Checks the ranges. */
  public Milestones {
    then = Collections.unmodifiableSortedMap(new TreeMap<>(then));
    RecordType.check(Milestones.class, first, then);
    if (!then.isEmpty() && then.firstKey() < 0) {
      throw new UserException(
          "A milestone at step " + then.firstKey() + " is never reached; steps count from 0.");
    }
  }

  /** The base rate without a milestone. */
  public Milestones() {
    this(1, new TreeMap<>());
  }

  @Override
  public double multiplier(long step, long totalSteps) {
    double factor = first;
    for (Map.Entry<Long, Double> milestone : then.entrySet()) {
      if (milestone.getKey() > step) {
        return factor;
      }
      factor = milestone.getValue();
    }
    return factor;
  }

  @Override
  public double lowest() {
    return then.values().stream().reduce(first, Math::min);
  }

  @Override
  public double highest() {
    return then.values().stream().reduce(first, Math::max);
  }

  /** The text form. */
  @Override
  public String toString() {
    return RecordType.of(Milestones.class).print(this);
  }
}
