package dev.gradus.compress;

import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/**
 * {@link Threshold} for one tensor. A pack is the threshold, how many values are sent, and their
 * places, from 1, negative for a negative value; or −1 and 2 bits for every weight.
 */
final class ThresholdPacking implements Packing {
  private static final double STEP = 0.9659363289248456;
  private static final double FEWEST = 1e-4;
  private static final double MOST = 1e-2;
  private static final int HEAD = Float.BYTES + Integer.BYTES;
  private static final int BITMAP = -1;
  private static final int PER_WORD = Integer.SIZE / 2;
  private static final int PLUS = 1;
  private static final int MINUS = 2;

  private final long elements;
  private final float first;

  ThresholdPacking(long elements, float first) {
    if (elements >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A tensor of " + elements + " weights is too large to send places of 4 bytes.");
    }
    this.elements = elements;
    this.first = first;
  }

  /** The threshold stands behind what was not sent; 0 in the beginning. */
  @Override
  public long residueFloats() {
    return elements + 1;
  }

  /** The larger threshold stays. */
  @Override
  public void takeOver(MemorySegment others, MemorySegment residue) {
    float larger = Math.max(Floats.get(others, elements), Floats.get(residue, elements));
    Packing.super.takeOver(others, residue);
    Floats.set(residue, elements, larger);
  }

  @Override
  public long largestPack() {
    return HEAD + bitmapBytes();
  }

  private long bitmapBytes() {
    return Math.ceilDiv(elements, PER_WORD) * Integer.BYTES;
  }

  @Override
  public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
    float saved = Floats.get(residue, elements);
    float threshold = saved == 0 ? first : saved;
    long count = accumulate(gradient, residue, threshold);
    Floats.set(residue, elements, adapted(threshold, (double) count / elements));
    Floats.set(pack, 0, threshold);
    boolean sparse = count * Integer.BYTES < bitmapBytes();
    pack.set(Floats.INT, Float.BYTES, sparse ? (int) count : BITMAP);
    long bytes = HEAD + (sparse ? count * Integer.BYTES : bitmapBytes());
    var body = pack.asSlice(HEAD, bytes - HEAD);
    if (sparse) {
      writePlaces(residue, threshold, body);
    } else {
      writeBitmap(residue, threshold, body.fill((byte) 0));
    }
    return bytes;
  }

  /** Adds the gradient to the residue and counts the values beyond the threshold. */
  private long accumulate(MemorySegment gradient, MemorySegment residue, float threshold) {
    long count = 0;
    for (long i = 0; i < elements; i++) {
      float value = Floats.get(residue, i) + Floats.get(gradient, i);
      Floats.set(residue, i, value);
      count += Math.abs(value) >= threshold ? 1 : 0;
    }
    return count;
  }

  private static float adapted(float threshold, double share) {
    return (float)
        (share < FEWEST ? threshold * STEP : share > MOST ? threshold / STEP : threshold);
  }

  private void writePlaces(MemorySegment residue, float threshold, MemorySegment body) {
    var next = new long[1];
    send(residue, threshold, place -> body.setAtIndex(Floats.INT, next[0]++, (int) place));
  }

  private void writeBitmap(MemorySegment residue, float threshold, MemorySegment body) {
    send(
        residue,
        threshold,
        place -> {
          long element = Math.abs(place) - 1;
          int code = (place > 0 ? PLUS : MINUS) << (2 * (element % PER_WORD));
          long word = element / PER_WORD;
          body.setAtIndex(Floats.INT, word, body.getAtIndex(Floats.INT, word) | code);
        });
  }

  /** Takes what is sent out of the residue; places are told from 1, negative for a negative. */
  private void send(MemorySegment residue, float threshold, LongConsumer places) {
    for (long i = 0; i < elements; i++) {
      float value = Floats.get(residue, i);
      if (Math.abs(value) >= threshold) {
        places.accept(value > 0 ? i + 1 : -i - 1);
        Floats.set(residue, i, value - Math.copySign(threshold, value));
      }
    }
  }

  @Override
  public void unpackAdd(MemorySegment pack, MemorySegment sum) {
    if (pack.byteSize() < HEAD) {
      throw new PackException("A pack of %d bytes has no threshold.".formatted(pack.byteSize()));
    }
    float threshold = Floats.get(pack, 0);
    if (!(threshold > 0 && threshold < Float.POSITIVE_INFINITY)) {
      throw new PackException("A pack has the threshold " + threshold + ".");
    }
    int count = pack.get(Floats.INT, Float.BYTES);
    var body = pack.asSlice(HEAD);
    PackException.requireSize(
        body.byteSize(), count == BITMAP ? bitmapBytes() : (long) count * Integer.BYTES);
    if (count == BITMAP) {
      addBitmap(body, threshold, sum);
    } else {
      addPlaces(body, count, threshold, sum);
    }
  }

  private void addPlaces(MemorySegment body, int count, float threshold, MemorySegment sum) {
    long last = 0;
    for (int i = 0; i < count; i++) {
      long place = Math.abs((long) body.getAtIndex(Floats.INT, i));
      if (place <= last || place > elements) {
        throw new PackException(
            "A pack names element %d behind %d, of %d.".formatted(place - 1, last - 1, elements));
      }
      last = place;
    }
    for (int i = 0; i < count; i++) {
      int place = body.getAtIndex(Floats.INT, i);
      Floats.add(sum, Math.abs(place) - 1L, place > 0 ? threshold : -threshold);
    }
  }

  private void addBitmap(MemorySegment body, float threshold, MemorySegment sum) {
    for (long word = 0; word < body.byteSize() / Integer.BYTES; word++) {
      int bits = body.getAtIndex(Floats.INT, word);
      long left = elements - word * PER_WORD;
      boolean beyond = left < PER_WORD && bits >>> (2 * left) != 0;
      if (beyond || (bits & bits >>> 1 & 0x55555555) != 0) {
        throw new PackException("A pack has bits that mean nothing.");
      }
    }
    for (long i = 0; i < elements; i++) {
      int code =
          body.getAtIndex(Floats.INT, i / PER_WORD) >>> (2 * (i % PER_WORD)) & (PLUS | MINUS);
      if (code != 0) {
        Floats.add(sum, i, code == PLUS ? threshold : -threshold);
      }
    }
  }
}
