package dev.gradus.exchange;

import static dev.gradus.exchange.Collectives.PIECE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The sums of everyone's floats for everyone, added in the order of ranks.
 *
 * <p>Two workers, or more with few floats, send all they have to each other, and each adds. Else
 * each worker owns a part: it receives the others' floats of that part, adds, and sends out the
 * sums. All parts have the same number of pieces, so every pair exchanges as many messages.
 */
final class Summation {
  private static final int AHEAD = 4;
  private static final long FEW = 32 << 10;

  private final Pairs pairs;
  private final MemorySegment lower = Arena.ofAuto().allocate(PIECE, 64);

  Summation(Pairs pairs) {
    this.pairs = pairs;
  }

  void sum(MemorySegment floats) {
    if (pairs.workers() == 1) {
      return;
    }
    if (pairs.workers() == 2 || floats.byteSize() <= FEW) {
      exchange(floats);
    } else {
      exchangeParts(floats);
    }
  }

  private void exchange(MemorySegment floats) {
    var whole = new Parts(floats, 1);
    for (int i = 0; i < whole.pieces() + AHEAD; i++) {
      if (i < whole.pieces()) {
        sendToAll(i, whole.piece(0, i));
      }
      if (i >= AHEAD) {
        add(i - AHEAD, whole.piece(0, i - AHEAD));
      }
    }
    pairs.others().forEach(other -> pairs.count(other, whole.pieces(), whole.pieces()));
  }

  private void exchangeParts(MemorySegment floats) {
    var parts = new Parts(floats, pairs.workers());
    int pieces = parts.pieces();
    for (int i = 0; i < pieces + 2 * AHEAD; i++) {
      if (i < pieces) {
        sendParts(parts, i);
      }
      if (i >= AHEAD && i < pieces + AHEAD) {
        var mine = parts.piece(pairs.rank(), i - AHEAD);
        add(2L * (i - AHEAD), mine);
        sendToAll(2L * (i - AHEAD) + 1, mine);
      }
      if (i >= 2 * AHEAD) {
        receiveSums(parts, i - 2 * AHEAD);
      }
    }
    pairs.others().forEach(other -> pairs.count(other, 2L * pieces, 2L * pieces));
  }

  private void sendToAll(long message, MemorySegment piece) {
    pairs.others().forEach(other -> pairs.send(other, message, piece));
  }

  private void sendParts(Parts parts, int piece) {
    pairs.others().forEach(other -> pairs.send(other, 2L * piece, parts.piece(other, piece)));
  }

  private void receiveSums(Parts parts, int piece) {
    pairs
        .others()
        .forEach(other -> pairs.receive(other, 2L * piece + 1, parts.piece(other, piece)));
  }

  /** Adds the others' message to a piece of this worker, in the order of ranks. */
  private void add(long message, MemorySegment mine) {
    if (pairs.rank() == 1) {
      receive(0, message, mine, other -> Sums.add(other, mine, mine));
    } else if (pairs.rank() > 1) {
      Sums.add(sumOfLower(message, mine), mine, mine);
    }
    for (int rank = pairs.rank() + 1; rank < pairs.workers(); rank++) {
      receive(rank, message, mine, other -> Sums.add(mine, other, mine));
    }
  }

  private MemorySegment sumOfLower(long message, MemorySegment mine) {
    var sum = lower.asSlice(0, mine.byteSize());
    receive(0, message, mine, sum::copyFrom);
    for (int rank = 1; rank < pairs.rank(); rank++) {
      receive(rank, message, mine, other -> Sums.add(sum, other, sum));
    }
    return sum;
  }

  private void receive(int from, long message, MemorySegment like, Consumer<MemorySegment> use) {
    pairs.receive(from, message, like.byteSize(), use);
  }
}
