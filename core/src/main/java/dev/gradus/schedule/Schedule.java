package dev.gradus.schedule;

import dev.gradus.text.Bounded;
import dev.gradus.text.NumberMeans;
import java.util.Set;

/**
 * How a learning rate or another setting changes over a run: a pure function of the step and of
 * what was measured before it. Implementations are records without state.
 *
 * <p>A learning rate is its base rate times the factor given here. An option of a rule that may
 * change, such as the observation factor of {@code rsg}, takes the factor itself as its value.
 */
@FunctionalInterface
@NumberMeans(Constant.class)
public interface Schedule extends Bounded {
  /**
   * What the base learning rate is multiplied by.
   *
   * @param step the step, counted from 0
   * @param totalSteps the length of the run, at least 1
   * @return a factor, at least 0
   */
  double multiplier(long step, long totalSteps);

  /**
   * The schedule of a run that has measured something: what a schedule with a memory, such as
   * {@link Plateau}, makes of it.
   *
   * @param history what was measured, of the metrics that the schedule watches at least
   * @return a schedule that agrees with the one given a shorter history up to its last measurement
   */
  default Schedule given(History history) {
    return this;
  }

  /**
   * What the schedule wants to be measured.
   *
   * @return the names of metrics; empty for a schedule without a memory
   */
  default Set<String> metrics() {
    return Set.of();
  }

  /**
   * A bound that no factor is below.
   *
   * @return at least 0
   */
  @Override
  default double lowest() {
    return 0;
  }

  /**
   * A bound that no factor is above.
   *
   * @return infinity if there is none
   */
  @Override
  default double highest() {
    return Double.POSITIVE_INFINITY;
  }
}
