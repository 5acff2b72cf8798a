package dev.gradus.schedule;

/** How the learning rate changes over a run. Implementations are records without state. */
@FunctionalInterface
public interface Schedule {
  /**
   * What the base learning rate is multiplied by.
   *
   * @param step the step, counted from 0
   * @param totalSteps the length of the run, at least 1
   * @return a factor, at least 0
   */
  double multiplier(long step, long totalSteps);
}
