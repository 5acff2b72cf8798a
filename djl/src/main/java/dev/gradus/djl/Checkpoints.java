package dev.gradus.djl;

import dev.gradus.UserException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often a run keeps checkpoints. The folder belongs to one run: it has the newest
 * three and the best.
 *
 * @param folder created if it does not exist
 * @param steps after how many steps one is written; 0 for no such rule
 * @param time after how much time one is written. One that takes long is written less often, so
 *     that it takes at most a hundredth of the time
 * @param resume whether to go on from the newest one, if there is one; otherwise a folder that has
 *     checkpoints is refused
 */
public record Checkpoints(Path folder, long steps, Duration time, boolean resume) {
  private static final Duration USUAL_TIME = Duration.ofSeconds(30);

  /** Checks the number of steps. */
  public Checkpoints {
    if (steps < 0) {
      throw new UserException("Checkpoints are written every 0 steps or more, not " + steps + ".");
    }
  }

  /**
   * Checkpoints of a new run, every 30 seconds.
   *
   * @param folder created if it does not exist
   * @return where and how often
   */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, 0, USUAL_TIME, false);
  }

  /**
   * The same, written after so many steps too.
   *
   * @param number how many; 0 for no such rule
   * @return the changed rule
   */
  public Checkpoints everySteps(long number) {
    return new Checkpoints(folder, number, time, resume);
  }

  /**
   * The same, going on from the newest checkpoint if there is one.
   *
   * @return the changed rule
   */
  public Checkpoints resuming() {
    return new Checkpoints(folder, steps, time, true);
  }
}
