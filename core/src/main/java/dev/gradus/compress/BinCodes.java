package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/**
 * Which elements of a tensor cut into bins are sent, and with which sign.
 *
 * <pre>
 * code = argument × 4 + meaning, 8 or 16 bits
 * meaning 0: go on by argument + 1 bins
 * meaning 1: the element with this number in the bin is sent as +
 * meaning 2: the same as −
 * </pre>
 *
 * <p>Elements stand in ascending order, so none can stand there twice. Nothing is written for bins
 * behind the last sent element.
 */
record BinCodes(long elements, int bin, CodeWidth width) {
  private static final int SKIP = 0;
  private static final int PLUS = 1;
  private static final int MINUS = 2;
  private static final int MEANING = 3;

  BinCodes(long elements, int bin) {
    this(elements, bin, CodeWidth.of(bin));
  }

  long bins() {
    return Math.ceilDiv(elements, bin);
  }

  /** How many bytes codes can have: every element sent, every bin gone through. */
  long largest() {
    return (elements + bins()) * width.bytes();
  }

  /** Writes codes behind an offset. */
  final class Writer {
    private final MemorySegment to;
    private long offset;
    private long current;

    Writer(MemorySegment to, long offset) {
      this.to = to;
      this.offset = offset;
    }

    void send(long binNumber, int place, boolean positive) {
      while (current < binNumber) {
        int further = (int) Math.min(binNumber - current, width.arguments());
        code(further - 1, SKIP);
        current += further;
      }
      code(place, positive ? PLUS : MINUS);
    }

    private void code(int argument, int meaning) {
      width.write(to, offset, argument << CodeWidth.MEANING_BITS | meaning);
      offset += width.bytes();
    }

    long end() {
      return offset;
    }
  }

  /**
   * Refuses what is not a row of codes up to the end of a memory.
   *
   * @throws PackException naming what is wrong
   */
  void require(MemorySegment pack, long start) {
    if ((pack.byteSize() - start) % width.bytes() != 0) {
      throw new PackException("A pack ends in the middle of a code.");
    }
    long last = -1;
    long first = 0;
    for (long offset = start; offset < pack.byteSize(); offset += width.bytes()) {
      int code = width.read(pack, offset);
      if ((code & MEANING) == SKIP) {
        first += skipped(code);
      } else {
        long element = first + argument(code);
        requireNext(code, element, last);
        last = element;
      }
    }
  }

  private void requireNext(int code, long element, long last) {
    boolean known = (code & MEANING) != MEANING && argument(code) < bin;
    if (!known || element <= last || element >= elements) {
      throw new PackException(
          "A pack names element %d behind %d, of %d.".formatted(element, last, elements));
    }
  }

  /** Adds a value, or its negative, to the elements that codes name. They must be right. */
  void add(MemorySegment pack, long start, float value, MemorySegment to) {
    long first = 0;
    for (long offset = start; offset < pack.byteSize(); offset += width.bytes()) {
      int code = width.read(pack, offset);
      if ((code & MEANING) == SKIP) {
        first += skipped(code);
      } else {
        Floats.add(to, first + argument(code), (code & MEANING) == PLUS ? value : -value);
      }
    }
  }

  private long skipped(int code) {
    return (argument(code) + 1L) * bin;
  }

  private static int argument(int code) {
    return code >>> CodeWidth.MEANING_BITS;
  }
}
