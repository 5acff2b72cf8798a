package dev.gradus.exchange;

import java.time.Duration;
import java.util.UUID;

/**
 * A worker's place in a team, and what the team has agreed on.
 *
 * @param rank which worker, from 0
 * @param workers how many workers the team has
 * @param token names the job, so that workers of two jobs don't meet
 * @param deadline how long a call waits for another worker at most
 * @param largest the largest message in bytes
 * @param window how many bytes a worker may be ahead of another's receiving, counting {@link
 *     #OVERHEAD} for each message; a single message may exceed it
 */
public record Membership(
    int rank, int workers, UUID token, Duration deadline, int largest, long window) {
  /** What a message counts in a window besides its bytes. */
  public static final int OVERHEAD = 256;

  private static final int LARGEST = 1 << 30;
  private static final long WINDOW = 64L << 20;
  private static final long SMALLEST_WINDOW = 16L << 20;

  /** Refuses ranks outside the team, waits of no time, and windows in which workers would stick. */
  public Membership {
    if (rank < 0 || rank >= workers) {
      throw new IllegalArgumentException(
          "Rank %d is not in a team of %d workers.".formatted(rank, workers));
    }
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("A deadline of " + deadline + " leaves no time to wait.");
    }
    if (largest < 1 || window < SMALLEST_WINDOW) {
      throw new IllegalArgumentException(
          "A window of %d bytes with messages of at most %d is too small; it needs %d bytes."
              .formatted(window, largest, SMALLEST_WINDOW));
    }
  }

  /**
   * A place in a team with messages of up to 1 GiB and a window of 64 MiB.
   *
   * @param rank which worker, from 0
   * @param workers how many workers the team has
   * @param token names the job
   * @param deadline how long a call waits for another worker at most
   */
  public Membership(int rank, int workers, UUID token, Duration deadline) {
    this(rank, workers, token, deadline, LARGEST, WINDOW);
  }

  void requireOther(int other) {
    if (other < 0 || other >= workers || other == rank) {
      throw new IllegalArgumentException(
          "Worker %d of %d can exchange no message with worker %d."
              .formatted(rank, workers, other));
    }
  }
}
