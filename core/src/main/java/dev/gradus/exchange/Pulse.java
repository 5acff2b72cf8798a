package dev.gradus.exchange;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each of the other workers was heard of last, if it beats. */
final class Pulse {
  private static final long NEVER = Long.MIN_VALUE;

  private final AtomicLongArray heard;
  private final long silence;

  Pulse(int workers, Duration deadline) {
    heard = new AtomicLongArray(workers);
    silence = deadline.toNanos() / 2;
    for (int i = 0; i < workers; i++) {
      heard.set(i, NEVER);
    }
  }

  /** A worker has said that it lives. */
  void beat(int worker) {
    heard.set(worker, System.nanoTime());
  }

  /** Something came from a worker. */
  void hear(int worker) {
    if (heard.get(worker) != NEVER) {
      beat(worker);
    }
  }

  private long quiet(int worker, long now) {
    return heard.get(worker) == NEVER ? 0 : now - heard.get(worker);
  }

  /** Who is to blame if an awaited worker sends nothing: one that beats no more, or itself. */
  LostWorkerException blame(int awaited, int waiting, String waited) {
    long now = System.nanoTime();
    int quietest = awaited;
    for (int i = 0; i < heard.length(); i++) {
      quietest = quiet(i, now) > quiet(quietest, now) ? i : quietest;
    }
    return quiet(quietest, now) < silence
        ? late(awaited, waiting, waited)
        : silent(quietest, quiet(quietest, now), waiting, waited);
  }

  private static LostWorkerException late(int awaited, int waiting, String waited) {
    return new LostWorkerException(
        awaited, "Worker %d is late: worker %d has waited %s.".formatted(awaited, waiting, waited));
  }

  private static LostWorkerException silent(int silent, long quiet, int waiting, String waited) {
    return new LostWorkerException(
        silent,
        "Worker %d has been silent for %s, while worker %d waited %s."
            .formatted(silent, Gate.seconds(quiet), waiting, waited));
  }
}
