package dev.gradus.schedule;

import dev.gradus.text.Bounded;
import dev.gradus.text.NumberMeans;

/**
 * How a learning rate or another setting changes over a run: a pure function of the step.
 * Implementations are records without state.
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
