package dev.gradus.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.exchange.Frame.DamageException;
import dev.gradus.exchange.Frame.Kind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A transport over anything that carries bytes in order.
 *
 * <p>Each message is a frame that names its job, its sender and its length and has a checksum; a
 * frame that is cut, repeated, damaged, of another job or of another sender than the connection's
 * ends the team. The first worker that loses another tells all others which, so that all name the
 * same one.
 */
public final class FramedTransport implements Transport {
  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);
  private static final int LONGEST_SENTENCE = 2000;

  private final Membership membership;
  private final Wire wire;
  private final Gate gate;
  private final List<Peer> peers;
  private final Pulse pulse;
  private final Buffers buffers = new Buffers();

  /**
   * A transport that is ready when the wire is.
   *
   * @param membership this worker's place in the team
   * @param wire what carries frames; it is closed with the transport
   */
  public FramedTransport(Membership membership, Wire wire) {
    this.membership = membership;
    this.wire = wire;
    gate = new Gate(membership.deadline());
    peers =
        IntStream.range(0, membership.workers())
            .mapToObj(_ -> new Peer(membership.window()))
            .toList();
    pulse = new Pulse(membership.workers(), membership.deadline());
  }

  @Override
  public int rank() {
    return membership.rank();
  }

  @Override
  public int workers() {
    return membership.workers();
  }

  @Override
  public void send(int to, long tag, MemorySegment bytes) {
    membership.requireOther(to);
    if (bytes.byteSize() > membership.largest()) {
      throw new IllegalArgumentException(
          "A message of %d bytes is larger than the %d that the team has agreed on."
              .formatted(bytes.byteSize(), membership.largest()));
    }
    awaitRoom(to, tag, bytes.byteSize() + Membership.OVERHEAD);
    write(to, Kind.MESSAGE, tag, bytes);
  }

  private void awaitRoom(int to, long tag, long counted) {
    Supplier<String> what = () -> "worker %d to make room for %s".formatted(to, Tags.text(tag));
    await(to, () -> peers.get(to).admit(counted) ? true : null, what);
  }

  @Override
  public MemorySegment receive(int from, long tag) {
    return take(from, tag).bytes();
  }

  @Override
  public void receive(int from, long tag, Consumer<MemorySegment> use) {
    var message = take(from, tag);
    use.accept(message.bytes());
    buffers.giveBack(message.memory());
  }

  @Override
  public void receive(int from, long tag, MemorySegment into) {
    try {
      Transport.super.receive(from, tag, into);
    } catch (LostWorkerException e) {
      throw lose(e);
    }
  }

  private Peer.Message take(int from, long tag) {
    membership.requireOther(from);
    Supplier<String> what = () -> Tags.text(tag) + " of worker " + from;
    var peer = peers.get(from);
    var message = await(from, () -> peer.take(tag), what);
    long taken = told(peer);
    if (taken > 0) {
      write(from, Kind.TAKEN, taken, NOTHING);
    }
    return message;
  }

  private long told(Peer peer) {
    synchronized (gate) {
      return peer.toTell();
    }
  }

  private <T> T await(int other, Supplier<@Nullable T> result, Supplier<String> what) {
    var peer = peers.get(other);
    long start = System.nanoTime();
    var found = gate.await(() -> resultOrLeft(peer, result), what);
    if (found == null) {
      throw lose(pulse.blame(other, rank(), waited(start, what)));
    }
    if (found.value() == null) {
      throw lose(gone(other, waited(start, what)));
    }
    return found.value();
  }

  private static String waited(long start, Supplier<String> what) {
    return Gate.seconds(System.nanoTime() - start) + " for " + what.get();
  }

  private LostWorkerException gone(int other, String waited) {
    return new LostWorkerException(
        other, "Worker %d has left; worker %d has waited %s.".formatted(other, rank(), waited));
  }

  /** A result, or none from a worker that has left. */
  private record Found<T>(@Nullable T value) {}

  private static <T> @Nullable Found<T> resultOrLeft(Peer peer, Supplier<@Nullable T> result) {
    T value = result.get();
    return value == null && !peer.hasLeft() ? null : new Found<>(value);
  }

  /**
   * Tells the others that this worker lives. A transport whose workers may freeze calls it several
   * times within the deadline, from a thread of its own; then a worker that waits for a frozen one
   * isn't taken for frozen itself.
   */
  public void beat() {
    others().forEach(other -> write(other, Kind.ALIVE, 0, NOTHING));
  }

  private IntStream others() {
    return IntStream.range(0, workers()).filter(i -> i != rank());
  }

  private void write(int to, Kind kind, long tag, MemorySegment bytes) {
    var payload = viewable(bytes);
    var frame = new Frame(kind, membership.token(), rank(), tag, payload.byteSize());
    wire.write(to, frame.header(payload), payload);
  }

  private static MemorySegment viewable(MemorySegment bytes) {
    return bytes.isNative() || bytes.heapBase().filter(byte[].class::isInstance).isPresent()
        ? bytes
        : MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE));
  }

  /**
   * Takes a frame that came from another worker. For each worker, one call at a time.
   *
   * @param from the worker at the other end of the connection
   * @param frame header and payload as the sender gave them to its wire, or what came instead
   */
  public void arrived(int from, MemorySegment frame) {
    long header = Math.min(Frame.BYTES, frame.byteSize());
    arrived(from, frame.asSlice(0, header), frame.asSlice(header));
  }

  /**
   * Takes a frame in its two parts.
   *
   * @param from the worker at the other end of the connection
   * @param header what the sender gave to its wire, or what came instead
   * @param payload likewise
   */
  public void arrived(int from, MemorySegment header, MemorySegment payload) {
    var arrival = arriving(from, header);
    arrival.add(payload);
    arrival.end();
  }

  /**
   * Takes a frame whose payload comes in pieces.
   *
   * @param from the worker at the other end of the connection
   * @param header what the sender gave to its wire, or what came instead
   * @return takes the payload; nothing else of this worker arrives before its end
   */
  public Arrival arriving(int from, MemorySegment header) {
    return new Arrival(this, from, header);
  }

  Frame begin(int from, MemorySegment header) {
    var frame = Frame.read(header, membership.token(), from, membership.largest());
    pulse.hear(from);
    return frame;
  }

  MemorySegment lend(long bytes) {
    return buffers.lend(bytes);
  }

  /** Takes a frame that is whole, in lent memory. */
  void end(Frame frame, MemorySegment memory) {
    var peer = peers.get(frame.from());
    var message = new Peer.Message(memory, frame.length());
    switch (frame.kind()) {
      case MESSAGE -> gate.change(() -> peer.put(frame.tag(), message));
      case TAKEN -> gate.change(() -> peer.taken(frame.tag()));
      case ALIVE -> pulse.beat(frame.from());
      case LEFT -> left(peer, (int) frame.tag(), message.bytes());
    }
  }

  /** Why comes first: who waits for that worker tells why it left, not that it did. */
  private void left(Peer peer, int lost, MemorySegment why) {
    if (why.byteSize() > 0) {
      var sentence = new String(why.toArray(ValueLayout.JAVA_BYTE), UTF_8);
      lose(new LostWorkerException(lost, sentence));
    }
    gate.change(peer::leave);
  }

  void damaged(int from, DamageException damage) {
    lose(
        new LostWorkerException(
            from, "A message of worker %d %s.".formatted(from, damage.getMessage())));
  }

  /**
   * Tells that a worker can't be reached any more. It is no loss if that worker has left before.
   *
   * @param rank which worker
   * @param why what happened, as the end of a sentence that begins with the worker's name
   */
  public void lost(int rank, String why) {
    if (!hasLeft(rank)) {
      lose(new LostWorkerException(rank, "Worker %d is lost: %s.".formatted(rank, why)));
    }
  }

  private boolean hasLeft(int rank) {
    synchronized (gate) {
      return peers.get(rank).hasLeft();
    }
  }

  private LostWorkerException lose(LostWorkerException loss) {
    if (gate.lose(loss)) {
      leave(loss.rank(), loss.getMessage());
    }
    return loss;
  }

  private void leave(int lost, String sentence) {
    byte[] told =
        sentence.substring(0, Math.min(LONGEST_SENTENCE, sentence.length())).getBytes(UTF_8);
    others()
        .filter(other -> other != lost)
        .forEach(other -> write(other, Kind.LEFT, lost, MemorySegment.ofArray(told)));
  }

  @Override
  public void close() {
    if (gate.close()) {
      leave(rank(), "");
    }
    wire.close();
  }
}
