package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/**
 * What is sent, told by codes of one width.
 *
 * <pre>
 * code = argument × 4 + meaning, 8 or 16 bits
 * meaning 0: go on by argument + 1 bins
 * meaning 1: the element with this number in the bin is sent as +
 * meaning 2: the same as −
 * </pre>
 *
 * <p>Elements stand in ascending order, so none can stand there twice. The last code names one:
 * nothing is written for bins behind it.
 */
record BinCodes(long elements, int bin, CodeWidth width) implements Codes {
  private static final int SKIP = 0;
  private static final int PLUS = 1;
  private static final int MEANING = 3;

  BinCodes(long elements, int bin) {
    this(elements, bin, CodeWidth.of(bin));
  }

  /** Every element sent, every bin gone through. */
  @Override
  public long largest() {
    return (elements + Math.ceilDiv(elements, bin)) * width.bytes();
  }

  @Override
  public Codes.Writer writer(MemorySegment to, long offset) {
    return new Writer(to, offset);
  }

  private final class Writer implements Codes.Writer {
    /** So many are written at once, whether there are so many or not. */
    private static final int AT_ONCE = 4;

    private final MemorySegment to;
    private final long room;
    private long offset;
    private int passed;

    Writer(MemorySegment to, long offset) {
      this.to = to;
      this.offset = offset;
      room = to.byteSize() - Long.BYTES;
    }

    @Override
    public void send(int first, long sent, long minus) {
      if (sent == 0) {
        return;
      }
      skip();
      long left = offset <= room ? putFirst(first, sent, minus) : sent;
      for (; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        put(code(first + bit, minus >>> bit));
      }
    }

    /** Sends the first few in one word, without asking how many there are; returns the others. */
    private long putFirst(int first, long sent, long minus) {
      long left = sent;
      long word = 0;
      for (int i = 0; i < AT_ONCE; i++) {
        int bit = Long.numberOfTrailingZeros(left);
        word |= (long) code(first + bit, minus >>> bit) << (i * width.bits());
        left &= left - 1;
      }
      to.set(Floats.LONG, offset, word);
      offset += (long) Math.min(Long.bitCount(sent), AT_ONCE) * width.bytes();
      return left;
    }

    /** The meaning of − is one more than that of +. */
    private static int code(int place, long minus) {
      return (place << CodeWidth.MEANING_BITS) | (PLUS + (int) (minus & 1));
    }

    @Override
    public void endBin() {
      passed++;
    }

    private void skip() {
      for (; passed > width.arguments(); passed -= width.arguments()) {
        put(skipCode(width.arguments()));
      }
      if (passed > 0) {
        put(skipCode(passed));
      }
      passed = 0;
    }

    private static int skipCode(int bins) {
      return (bins - 1) << CodeWidth.MEANING_BITS;
    }

    private void put(int code) {
      width.write(to, offset, code);
      offset += width.bytes();
    }

    @Override
    public long end() {
      return offset;
    }
  }

  @Override
  public void require(MemorySegment pack, long start) {
    if ((pack.byteSize() - start) % width.bytes() != 0) {
      throw new PackException("A pack ends in the middle of a code.");
    }
    long last = -1;
    long first = 0;
    int code = PLUS;
    for (long offset = start; offset < pack.byteSize(); offset += width.bytes()) {
      code = width.read(pack, offset);
      if ((code & MEANING) == SKIP) {
        first += skipped(code);
      } else {
        long element = first + argument(code);
        requireNext(code, element, last);
        last = element;
      }
    }
    if ((code & MEANING) == SKIP) {
      throw new PackException("A pack goes on to element %d and ends.".formatted(first));
    }
  }

  private void requireNext(int code, long element, long last) {
    boolean known = (code & MEANING) != MEANING && argument(code) < bin;
    if (!known || element <= last || element >= elements) {
      throw new PackException(
          "A pack names element %d behind %d, of %d.".formatted(element, last, elements));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>No processor could foresee a branch here, so there is none: a code that goes on adds −0,
   * which changes nothing.
   */
  @Override
  public void add(MemorySegment pack, long start, float value, MemorySegment to) {
    float[] values = {-0f, value, -value};
    long first = 0;
    for (long offset = start; offset < pack.byteSize(); offset += width.bytes()) {
      int code = width.read(pack, offset);
      int meaning = code & MEANING;
      int sent = (meaning + 1) >> 1;
      Floats.add(to, first + (long) sent * argument(code), values[meaning]);
      first += (1 - sent) * skipped(code);
    }
  }

  private long skipped(int code) {
    return (argument(code) + 1L) * bin;
  }

  private static int argument(int code) {
    return code >>> CodeWidth.MEANING_BITS;
  }
}
