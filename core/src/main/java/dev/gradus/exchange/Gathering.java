package dev.gradus.exchange;

import static dev.gradus.exchange.Collectives.PIECE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Everyone's bytes to everyone. The first piece begins with the length of the whole. */
final class Gathering {
  private static final int AHEAD = 8;
  private static final int LENGTH = Long.BYTES;
  private static final long LARGEST = 1L << 30;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Pairs pairs;
  private final MemorySegment first = Arena.ofAuto().allocate(PIECE + LENGTH, 64);

  Gathering(Pairs pairs) {
    this.pairs = pairs;
  }

  List<MemorySegment> gather(MemorySegment mine) {
    if (mine.byteSize() > LARGEST) {
      throw new IllegalArgumentException(
          "%d bytes are more than the %d that are exchanged at once."
              .formatted(mine.byteSize(), LARGEST));
    }
    var all = new MemorySegment[pairs.workers()];
    all[pairs.rank()] = mine;
    long most = pieces(mine);
    for (long piece = 0; piece < most + AHEAD; piece++) {
      send(mine, piece);
      if (piece >= AHEAD) {
        most = Math.max(most, receive(all, piece - AHEAD));
      }
    }
    pairs.others().forEach(other -> pairs.count(other, pieces(mine), pieces(all[other])));
    return List.of(all);
  }

  private static long pieces(MemorySegment bytes) {
    return Math.max(1, Math.ceilDiv(bytes.byteSize(), PIECE));
  }

  private void send(MemorySegment mine, long piece) {
    if (piece < pieces(mine)) {
      var bytes = piece == 0 ? first(mine) : part(mine, piece);
      pairs.others().forEach(other -> pairs.send(other, piece, bytes));
    }
  }

  private MemorySegment first(MemorySegment mine) {
    var bytes = part(mine, 0);
    first.set(LONG, 0, mine.byteSize());
    MemorySegment.copy(bytes, 0, first, LENGTH, bytes.byteSize());
    return first.asSlice(0, LENGTH + bytes.byteSize());
  }

  private static MemorySegment part(MemorySegment bytes, long piece) {
    long start = piece * PIECE;
    return bytes.asSlice(start, Math.min(PIECE, bytes.byteSize() - start));
  }

  /** Receives a piece of each worker that has so many; the largest number of pieces. */
  private long receive(MemorySegment[] all, long piece) {
    pairs
        .others()
        .forEach(
            other -> {
              if (piece == 0) {
                all[other] = begin(other);
              } else if (piece < pieces(all[other])) {
                pairs.receive(other, piece, part(all[other], piece));
              }
            });
    return Arrays.stream(all).mapToLong(Gathering::pieces).max().orElseThrow();
  }

  private MemorySegment begin(int other) {
    var bytes = pairs.receive(other, 0);
    long length = bytes.byteSize() < LENGTH ? -1 : bytes.get(LONG, 0);
    long here = bytes.byteSize() - LENGTH;
    if (length > LARGEST || here != Math.min(PIECE, length)) {
      throw new LostWorkerException(
          other,
          "Worker %d begins an exchange of %d bytes with %d of them."
              .formatted(other, length, here));
    }
    return length == here ? bytes.asSlice(LENGTH) : continued(bytes.asSlice(LENGTH), length);
  }

  private static MemorySegment continued(MemorySegment begin, long length) {
    var whole = Arena.ofAuto().allocate(length, 64);
    MemorySegment.copy(begin, 0, whole, 0, begin.byteSize());
    return whole;
  }
}
