package dev.gradus.exchange;

import static dev.gradus.exchange.Collectives.PIECE;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** One worker's bytes to everyone, along a binomial tree, piece by piece. */
final class Spreading {
  private final Pairs pairs;

  Spreading(Pairs pairs) {
    this.pairs = pairs;
  }

  void spread(int from, MemorySegment bytes) {
    int place = Math.floorMod(pairs.rank() - from, pairs.workers());
    int parent = worker(from, place & (place - 1));
    var children = children(from, place);
    long pieces = Math.max(1, Math.ceilDiv(bytes.byteSize(), PIECE));
    for (long i = 0; i < pieces; i++) {
      long message = i;
      var piece = piece(bytes, i);
      if (place != 0) {
        pairs.receive(parent, message, piece);
      }
      children.forEach(child -> pairs.send(child, message, piece));
    }
    children.forEach(child -> pairs.count(child, pieces, 0));
    if (place != 0) {
      pairs.count(parent, 0, pieces);
    }
  }

  private static MemorySegment piece(MemorySegment bytes, long piece) {
    long start = piece * PIECE;
    return bytes.asSlice(start, Math.min(PIECE, bytes.byteSize() - start));
  }

  /** The places that differ from one's own in one bit below the lowest that is set. */
  private List<Integer> children(int from, int place) {
    int lowest =
        place == 0 ? Integer.highestOneBit(pairs.workers()) << 1 : Integer.lowestOneBit(place);
    return IntStream.iterate(lowest >> 1, bit -> bit > 0, bit -> bit >> 1)
        .filter(bit -> (place | bit) < pairs.workers())
        .mapToObj(bit -> worker(from, place | bit))
        .toList();
  }

  private int worker(int from, int place) {
    return (from + place) % pairs.workers();
  }
}
