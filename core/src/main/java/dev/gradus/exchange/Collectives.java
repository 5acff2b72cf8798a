package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What all workers of a team do together. Every worker calls the same methods in the same order,
 * from one thread, with one object of this class for each transport.
 *
 * <p>What is large is cut into pieces of {@value #PIECE} bytes, and a worker sends a few pieces
 * ahead of what it waits for. A worker that fails or is late fails the call at all workers, after
 * the transport's deadline at the latest.
 */
public final class Collectives {
  /** The largest piece that is sent at once, in bytes. */
  static final int PIECE = 256 << 10;

  private final Pairs pairs;
  private final Gathering gathering;
  private final Summation summation;
  private final Spreading spreading;

  /**
   * The common work of a team.
   *
   * @param transport this worker's; closing it remains the caller's
   */
  public Collectives(Transport transport) {
    pairs = new Pairs(transport);
    gathering = new Gathering(pairs);
    summation = new Summation(pairs);
    spreading = new Spreading(pairs);
  }

  /**
   * Gives every worker the bytes of all. Each worker sends its bytes to each other one: (N-1) times
   * the bytes.
   *
   * @param mine this worker's bytes, as many as it likes, up to 1 GiB; not changed
   * @return the bytes of each worker, by rank; this worker's are {@code mine} itself, the others
   *     lie in native memory that lives as long as it is referred to
   * @throws LostWorkerException if a worker is lost or late
   */
  public List<MemorySegment> allGather(MemorySegment mine) {
    return gathering.gather(mine);
  }

  /**
   * Gives every worker the sums of the floats of all. The floats of rank 0 come first, then those
   * of rank 1 are added, and so on: every worker has the same bits. Each worker sends and receives
   * 2(N-1)/N times the bytes; few bytes are sent to everyone at once.
   *
   * @param floats this worker's floats, little-endian, as many as every other worker's; replaced by
   *     the sums
   * @throws LostWorkerException if a worker is lost, late, or has another number of floats
   */
  public void sum(MemorySegment floats) {
    if (floats.byteSize() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no whole number of floats.".formatted(floats.byteSize()));
    }
    summation.sum(floats);
  }

  /**
   * Gives every worker the bytes of one, each worker passing them on to at most as many others as
   * the team's size has binary digits.
   *
   * @param from the rank of the worker that has the bytes
   * @param bytes the bytes at that worker; at the others as much memory, which receives them
   * @throws LostWorkerException if a worker is lost, late, or has another number of bytes
   */
  public void broadcast(int from, MemorySegment bytes) {
    if (from < 0 || from >= pairs.workers()) {
      throw new IllegalArgumentException(
          "Worker %d is not in a team of %d.".formatted(from, pairs.workers()));
    }
    spreading.spread(from, bytes);
  }

  /** What this worker has sent so far, in bytes, counted for each worker that it was sent to. */
  long bytesSent() {
    return pairs.bytesSent();
  }

  /**
   * Returns when every worker has called it.
   *
   * @throws LostWorkerException if a worker is lost or late
   */
  public void barrier() {
    allGather(MemorySegment.NULL);
  }
}
