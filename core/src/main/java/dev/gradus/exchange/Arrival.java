package dev.gradus.exchange;

import dev.gradus.exchange.Frame.DamageException;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A frame on its way in. A damaged one is told to the transport once, and the rest ignored. */
public final class Arrival {
  private final FramedTransport transport;
  private final int from;
  private @Nullable Content content;

  Arrival(FramedTransport transport, int from, MemorySegment header) {
    this.transport = transport;
    this.from = from;
    content = begin(header);
  }

  private @Nullable Content begin(MemorySegment header) {
    try {
      var frame = transport.begin(from, header);
      return new Content(frame, header, transport.lend(frame.length()));
    } catch (DamageException e) {
      transport.damaged(from, e);
      return null;
    }
  }

  /**
   * Takes the next piece of the payload.
   *
   * @param piece any number of bytes; they may change when the call returns
   */
  public void add(MemorySegment piece) {
    check(whole -> whole.add(piece));
  }

  /** There is no more. */
  public void end() {
    check(
        whole -> {
          whole.requireWhole();
          transport.end(whole.frame, whole.memory);
        });
  }

  private void check(Consumer<Content> work) {
    try {
      if (content != null) {
        work.accept(content);
      }
    } catch (DamageException e) {
      content = null;
      transport.damaged(from, e);
    }
  }

  /** What is there of a frame. */
  private static final class Content {
    private final Frame frame;
    private final MemorySegment memory;
    private final CRC32C sum;
    private final int claimed;
    private long here;

    Content(Frame frame, MemorySegment header, MemorySegment memory) {
      this.frame = frame;
      this.memory = memory;
      sum = Frame.checksum(header);
      claimed = Frame.claimedChecksum(header);
    }

    void add(MemorySegment piece) {
      if (piece.byteSize() > frame.length() - here) {
        throw size(here + piece.byteSize());
      }
      var copy = memory.asSlice(here, piece.byteSize()).copyFrom(piece);
      sum.update(copy.asByteBuffer());
      here += piece.byteSize();
    }

    void requireWhole() {
      if (here != frame.length()) {
        throw size(here);
      }
      if ((int) sum.getValue() != claimed) {
        throw new DamageException("has a wrong checksum");
      }
    }

    private DamageException size(long bytes) {
      return new DamageException("has %d bytes where %d belong".formatted(bytes, frame.length()));
    }
  }
}
