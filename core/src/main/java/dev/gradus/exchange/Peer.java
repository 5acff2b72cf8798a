package dev.gradus.exchange;

import dev.gradus.exchange.Frame.DamageException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transport knows of one other worker. Its methods are called behind the gate. */
final class Peer {
  /** A message that has come: the first bytes of lent memory. */
  record Message(MemorySegment memory, long size) {
    MemorySegment bytes() {
      return memory.asSlice(0, size);
    }

    long counted() {
      return size + Membership.OVERHEAD;
    }
  }

  private final Map<Long, Message> waiting = new HashMap<>();
  private final Tags used = new Tags();
  private final long window;
  private long ahead;
  private long untold;
  private boolean left;

  Peer(long window) {
    this.window = window;
  }

  void put(long tag, Message message) {
    if (!used.add(tag)) {
      throw new DamageException("repeats " + Tags.text(tag));
    }
    waiting.put(tag, message);
  }

  @Nullable Message take(long tag) {
    var message = waiting.remove(tag);
    untold += message == null ? 0 : message.counted();
    return message;
  }

  /** Makes room for a message to this worker; false if it is too far behind. */
  boolean admit(long counted) {
    boolean fits = ahead + counted <= window || ahead < window / 4;
    ahead += fits ? counted : 0;
    return fits;
  }

  /** The worker has taken messages of so many bytes. */
  void taken(long counted) {
    ahead -= counted;
  }

  /** How much has been taken that the worker should be told now; seldom more than 0. */
  long toTell() {
    long told = untold >= window / 4 ? untold : 0;
    untold -= told;
    return told;
  }

  void leave() {
    left = true;
  }

  boolean hasLeft() {
    return left;
  }
}
