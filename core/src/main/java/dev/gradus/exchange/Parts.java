package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;

/** Floats in parts as equal as can be, each in as many pieces. */
record Parts(MemorySegment floats, int parts, int pieces) {
  Parts(MemorySegment floats, int parts) {
    this(floats, parts, pieces(count(floats), parts));
  }

  private static long count(MemorySegment floats) {
    return floats.byteSize() / Float.BYTES;
  }

  private static int pieces(long count, int parts) {
    long largestPart = Math.ceilDiv(count, parts);
    return Math.toIntExact(Math.ceilDiv(largestPart * Float.BYTES, Collectives.PIECE));
  }

  MemorySegment piece(int part, int piece) {
    long start = start(part, piece);
    long end = piece + 1 < pieces ? start(part, piece + 1) : start(part + 1, 0);
    return floats.asSlice(start * Float.BYTES, (end - start) * Float.BYTES);
  }

  private long start(int part, int piece) {
    long first = count(floats) * part / parts;
    long next = count(floats) * (part + 1) / parts;
    return first + (next - first) * piece / pieces;
  }
}
