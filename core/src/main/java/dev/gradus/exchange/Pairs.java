package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The messages of the collectives, numbered for each pair of workers. Both workers of a pair know
 * how many messages an operation exchanges between them, so both count alike and no number is left
 * out.
 */
final class Pairs {
  private final Transport transport;
  private final long[] sent;
  private final long[] received;
  private long bytesSent;

  Pairs(Transport transport) {
    this.transport = transport;
    sent = new long[transport.workers()];
    received = new long[transport.workers()];
    Arrays.fill(sent, Tags.FIRST_OF_COLLECTIVES);
    Arrays.fill(received, Tags.FIRST_OF_COLLECTIVES);
  }

  int rank() {
    return transport.rank();
  }

  int workers() {
    return transport.workers();
  }

  /** The other workers, the next one first, so that not all begin with the same. */
  IntStream others() {
    return IntStream.range(1, workers()).map(i -> (rank() + i) % workers());
  }

  /** Sends the message that follows the last sent one by a distance. */
  void send(int to, long distance, MemorySegment bytes) {
    transport.send(to, sent[to] + distance, bytes);
    bytesSent += bytes.byteSize();
  }

  long bytesSent() {
    return bytesSent;
  }

  MemorySegment receive(int from, long distance) {
    return transport.receive(from, received[from] + distance);
  }

  void receive(int from, long distance, MemorySegment into) {
    transport.receive(from, received[from] + distance, into);
  }

  /** Uses a message of a size that both workers know. */
  void receive(int from, long distance, long bytes, Consumer<MemorySegment> use) {
    long tag = received[from] + distance;
    transport.receive(
        from,
        tag,
        message -> {
          if (message.byteSize() != bytes) {
            throw LostWorkerException.wrongSize(from, tag, message.byteSize(), bytes);
          }
          use.accept(message);
        });
  }

  /** Counts the messages of an operation that is over. */
  void count(int other, long messagesSent, long messagesReceived) {
    sent[other] += messagesSent;
    received[other] += messagesReceived;
  }
}
