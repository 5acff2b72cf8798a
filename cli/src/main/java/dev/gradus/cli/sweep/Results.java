package dev.gradus.cli.sweep;

import java.util.Optional;

/** What came of the trials so far. */
@FunctionalInterface
public interface Results {
  /**
   * Looks up a trial.
   *
   * @param trial which
   * @return its result, if it is finished
   */
  Optional<RunSummary> of(Trial trial);
}
