package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * Moves messages between the workers of a team.
 *
 * <p>A message is found by its sender and its tag, in whatever order messages come. A sender uses a
 * tag once for each receiver; tags that follow one another cost no memory. Negative tags belong to
 * {@link Collectives}. A sender that is too far ahead of a receiver waits for it, so workers that
 * all send without receiving stop each other.
 *
 * <p>Any thread may call. After a worker has been lost every call fails with a {@link
 * LostWorkerException}, also those that wait; a call that is interrupted fails with a {@link
 * java.util.concurrent.CancellationException}.
 */
public interface Transport extends AutoCloseable {
  /**
   * Which worker this is.
   *
   * @return from 0 to one less than the number of workers
   */
  int rank();

  /**
   * How many workers the team has.
   *
   * @return at least 1
   */
  int workers();

  /**
   * Sends a message. The memory may be used again when the call returns; the message may then still
   * be on its way.
   *
   * @param to another worker's rank
   * @param tag a number that this worker has not yet used for a message to that one
   * @param bytes the message; it may be empty
   * @throws LostWorkerException if a worker is lost, or the receiver has not made room before the
   *     deadline
   * @throws IllegalArgumentException if there is no such other worker, or the message is larger
   *     than the transport allows
   */
  void send(int to, long tag, MemorySegment bytes);

  /**
   * Waits for a message.
   *
   * @param from another worker's rank
   * @param tag the message's tag
   * @return the message, in memory that nobody else uses and that lives as long as it is referred
   *     to
   * @throws LostWorkerException if a worker is lost, or the message has not come before the
   *     deadline
   * @throws IllegalArgumentException if there is no such other worker
   */
  MemorySegment receive(int from, long tag);

  /**
   * Waits for a message, and uses it while it lies where it came.
   *
   * @param from another worker's rank
   * @param tag the message's tag
   * @param use is given the message, in memory that is used for others afterwards
   * @throws LostWorkerException as for {@link #receive(int, long)}
   */
  default void receive(int from, long tag, Consumer<MemorySegment> use) {
    use.accept(receive(from, tag));
  }

  /**
   * Waits for a message whose size is known.
   *
   * @param from another worker's rank
   * @param tag the message's tag
   * @param into receives the message, exactly its size
   * @throws LostWorkerException as for {@link #receive(int, long)}, or if the message has another
   *     size
   */
  default void receive(int from, long tag, MemorySegment into) {
    receive(
        from,
        tag,
        message -> {
          if (message.byteSize() != into.byteSize()) {
            throw LostWorkerException.wrongSize(from, tag, message.byteSize(), into.byteSize());
          }
          into.copyFrom(message);
        });
  }

  /** Leaves the team. Workers that still wait for a message of this one lose it. */
  @Override
  void close();
}
