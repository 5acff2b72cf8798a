package dev.gradus.spark;

import java.util.ArrayDeque;
import java.util.Deque;

/** A worker's place in its team, and what is to be closed when its training is over. */
public final class WorkerPlace implements AutoCloseable {
  private final int rank;
  private final int workers;
  private final Deque<Runnable> closings = new ArrayDeque<>();

  WorkerPlace(int rank, int workers) {
    this.rank = rank;
    this.workers = workers;
  }

  /**
   * The place of who is alone, such as the driver that looks at the data of its workers.
   *
   * @return a place to be closed by whoever asks for it
   */
  public static WorkerPlace alone() {
    return new WorkerPlace(0, 1);
  }

  /**
   * Which worker it is.
   *
   * @return from 0 to one less than the number of workers
   */
  public int rank() {
    return rank;
  }

  /**
   * How many workers there are.
   *
   * @return 1 or more
   */
  public int workers() {
    return workers;
  }

  /**
   * Lets something be closed when the training is over, what came last first.
   *
   * @param close closes it
   */
  public void closeBehind(Runnable close) {
    closings.push(close);
  }

  /** Closes all that was opened so far, even if something fails to. */
  void closeOpened() {
    if (!closings.isEmpty()) {
      try {
        closings.pop().run();
      } finally {
        closeOpened();
      }
    }
  }

  @Override
  public void close() {
    closeOpened();
  }
}
