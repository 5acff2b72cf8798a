package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/**
 * What is sent, told by how many elements between are not: in few bits where gaps are about as long
 * as lately.
 *
 * <pre>
 * gap + 2ᵏ = 1xx…x, a number of n bits, n &gt; k
 * code     = n − 1 − k zeros, 1, the n − 1 bits x, 1 if the element is sent as −, else 0
 * k        = min(14, ⌊log₂ max(1, m)⌋), where m = ⌊s ÷ 16⌋ is a mean of former gaps
 * s        = 1024 at first; then s + gap − ⌊s ÷ 16⌋
 * </pre>
 *
 * <p>Bits fill bytes from the lowest, and zeros what is left of the last byte. Elements ascend, so
 * none can stand there twice.
 *
 * <p>Sources: Teuhola, A Compression Method for Clustered Bit-Vectors, 1978 (the code); Weinberger
 * et al., The LOCO-I Lossless Image Compression Algorithm, 2000 (an order that follows a mean).
 */
record GapCodes(long elements, int bin) implements Codes {

  /** Up to this order a code has at most 16 bits for each element that it names or passes over. */
  private static final int LARGEST_ORDER = 14;

  @Override
  public long largest() {
    return elements * Short.BYTES + BitWriter.ROOM;
  }

  @Override
  public Codes.Writer writer(MemorySegment to, long offset) {
    return new Writer(to, offset);
  }

  @Override
  public void require(MemorySegment pack, long start) {
    var reader = new Reader(pack, start);
    while (reader.next()) {
      reader.requireElement();
    }
    reader.requireEnd();
  }

  @Override
  public void add(MemorySegment pack, long start, float value, MemorySegment to) {
    float[] values = {value, -value};
    var reader = new Reader(pack, start);
    while (reader.next()) {
      Floats.add(to, reader.element, values[reader.minus]);
    }
  }

  /** What sender and receiver alike expect of the next gap. */
  private static final class Order {
    private static final int MEMORY = 4;
    private static final long FIRST_GAP = 64;

    private long gaps = FIRST_GAP << MEMORY;

    int bits() {
      long mean = gaps >>> MEMORY;
      return Math.min(Long.SIZE - 1 - Long.numberOfLeadingZeros(mean | 1), LARGEST_ORDER);
    }

    void saw(long gap) {
      gaps += gap - (gaps >>> MEMORY);
    }
  }

  private final class Writer implements Codes.Writer {
    private final BitWriter bits;
    private final Order order = new Order();
    private long next;
    private long first;

    Writer(MemorySegment to, long offset) {
      bits = new BitWriter(to, offset);
    }

    @Override
    public void send(int place, long sent, long minus) {
      for (long left = sent; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        send(first + place + bit, (minus >>> bit) & 1);
      }
    }

    private void send(long element, long minus) {
      int k = order.bits();
      long gap = element - next;
      long number = gap + (1L << k);
      int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
      bits.put(1L << (highest - k), highest - k + 1);
      bits.put((number ^ (1L << highest)) | (minus << highest), highest + 1);
      order.saw(gap);
      next = element + 1;
    }

    @Override
    public void endBin() {
      first += bin;
    }

    @Override
    public long end() {
      return bits.end();
    }
  }

  /** Goes from element to element; whatever the bits, it comes to an end. */
  private final class Reader {
    private final BitReader bits;
    private final Order order = new Order();
    private long element = -1;
    private int minus;

    Reader(MemorySegment pack, long start) {
      bits = new BitReader(pack, start);
    }

    boolean next() {
      int zeros = Long.numberOfTrailingZeros(bits.peek());
      if (zeros >= bits.left()) {
        return false;
      }
      int k = order.bits();
      int highest = Math.min(zeros + k, BitReader.AT_ONCE - 1);
      bits.skip(zeros + 1);
      long word = bits.peek();
      bits.skip(highest + 1);
      minus = (int) (word >>> highest) & 1;
      long number = (1L << highest) | (word & ((1L << highest) - 1));
      long gap = number - (1L << k);
      order.saw(gap);
      element += gap + 1;
      return true;
    }

    void requireElement() {
      if (bits.left() < 0) {
        throw new PackException("A pack ends in the middle of a code.");
      }
      if (element >= elements) {
        throw new PackException("A pack names element %d, of %d.".formatted(element, elements));
      }
    }

    void requireEnd() {
      if (bits.left() >= Byte.SIZE) {
        throw new PackException(
            "A pack ends with %d bits that name nothing.".formatted(bits.left()));
      }
    }
  }
}
