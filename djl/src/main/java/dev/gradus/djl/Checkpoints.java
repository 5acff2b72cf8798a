package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Retention;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often a run keeps checkpoints. The folder belongs to one run: it has the newest few
 * and the best.
 *
 * @param folder created if it does not exist
 * @param steps after how many steps one is written; 0 for no such rule
 * @param time after how much time one is written. One that takes long is written less often, so
 *     that it takes at most a hundredth of the time
 * @param keep how many of the newest are kept, 1 or more
 * @param resume whether to go on from the newest one, if there is one; otherwise a folder that has
 *     checkpoints is refused
 */
public record Checkpoints(Path folder, long steps, Duration time, int keep, boolean resume) {
  private static final Duration USUAL_TIME = Duration.ofSeconds(30);

  private static final int USUALLY_KEPT = Retention.STANDARD.last();

  /** Checks the numbers. */
  public Checkpoints {
    if (steps < 0) {
      throw new UserException("Checkpoints are written every 0 steps or more, not " + steps + ".");
    }
    if (keep < 1) {
      throw new UserException("1 checkpoint or more is kept, not " + keep + ".");
    }
  }

  /**
   * Checkpoints of a new run, every 30 seconds; the newest three are kept.
   *
   * @param folder created if it does not exist
   * @return where and how often
   */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, 0, USUAL_TIME, USUALLY_KEPT, false);
  }

  /**
   * The same, written after so many steps too.
   *
   * @param number how many; 0 for no such rule
   * @return the changed rule
   */
  public Checkpoints everySteps(long number) {
    return new Checkpoints(folder, number, time, keep, resume);
  }

  /**
   * The same, written after other times.
   *
   * @param interval after how much time one is written
   * @return the changed rule
   */
  public Checkpoints every(Duration interval) {
    return new Checkpoints(folder, steps, interval, keep, resume);
  }

  /**
   * The same, keeping another number of the newest.
   *
   * @param number 1 or more
   * @return the changed rule
   */
  public Checkpoints keeping(int number) {
    return new Checkpoints(folder, steps, time, number, resume);
  }

  /**
   * The same, going on from the newest checkpoint if there is one.
   *
   * @return the changed rule
   */
  public Checkpoints resuming() {
    return new Checkpoints(folder, steps, time, keep, true);
  }

  /** The same for one of several workers; those of worker 0 are the run's. */
  Checkpoints ofWorker(int rank) {
    return rank == 0 ? this : new Checkpoints(ofWorker(folder, rank), steps, time, keep, resume);
  }

  /**
   * Where a worker other than worker 0 keeps its own.
   *
   * @param folder the run's
   * @param rank 1 or more
   * @return a folder in it
   */
  public static Path ofWorker(Path folder, int rank) {
    return folder.resolve("worker-" + rank);
  }
}
