package dev.gradus.compress;

import static dev.gradus.compress.Floats.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link AdaComp} for one tensor: the scale, then the codes of what is sent.
 *
 * <p>A bin is read by whole vectors; where its length is no multiple of theirs, the last overlaps
 * the one before, and both find the same. Only a bin shorter than a vector is read value by value.
 */
final class AdaCompPacking implements Packing {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final long elements;
  private final float factor;
  private final int bin;
  private final Codes codes;

  AdaCompPacking(long elements, int bin, float scaleFactor, Codes codes) {
    this.elements = elements;
    this.factor = scaleFactor - 1;
    this.bin = bin;
    this.codes = codes;
  }

  @Override
  public long residueFloats() {
    return elements;
  }

  @Override
  public long largestPack() {
    return Float.BYTES + codes.largest();
  }

  @Override
  public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
    var writer = codes.writer(pack, Float.BYTES);
    double maxima = 0;
    for (long first = 0; first < elements; first += bin) {
      int length = (int) Math.min(bin, elements - first);
      maxima += packBin(gradient, residue, first, length, writer);
    }
    float scale = (float) (maxima / Math.ceilDiv(elements, bin));
    Floats.set(pack, 0, scale);
    codes.add(pack.asSlice(0, writer.end()), Float.BYTES, -scale, residue);
    return writer.end();
  }

  /** Writes what a bin sends; its largest absolute value. */
  private float packBin(
      MemorySegment gradient, MemorySegment residue, long first, int length, Codes.Writer writer) {
    boolean few = length < LANES;
    float maximum =
        few
            ? accumulateFew(gradient, residue, first, length)
            : accumulate(gradient, residue, first, length);
    if (maximum > 0 && few) {
      chooseFew(gradient, residue, first, length, maximum, writer);
    } else if (maximum > 0) {
      choose(gradient, residue, first, length, maximum, writer);
    }
    writer.endBin();
    return maximum;
  }

  /**
   * Adds a bin's gradient to its residue; the largest absolute value of the sum. Floats without
   * signs are ordered as their bits are.
   */
  private static float accumulate(
      MemorySegment gradient, MemorySegment residue, long first, int length) {
    long end = (first + length - LANES) * Float.BYTES;
    var last = load(residue, end).add(load(gradient, end));
    var maxima = last.abs().reinterpretAsInts();
    for (int i = 0; i < length - LANES; i += LANES) {
      long at = (first + i) * Float.BYTES;
      var sum = load(residue, at).add(load(gradient, at));
      sum.intoMemorySegment(residue, at, ORDER);
      maxima = maxima.max(sum.abs().reinterpretAsInts());
    }
    last.intoMemorySegment(residue, end, ORDER);
    return Float.intBitsToFloat(maxima.reduceLanes(VectorOperators.MAX));
  }

  private static float accumulateFew(
      MemorySegment gradient, MemorySegment residue, long first, int length) {
    float maximum = 0;
    for (long i = first; i < first + length; i++) {
      Floats.add(residue, i, Floats.get(gradient, i));
      maximum = Math.max(maximum, Math.abs(Floats.get(residue, i)));
    }
    return maximum;
  }

  private void choose(
      MemorySegment gradient,
      MemorySegment residue,
      long first,
      int length,
      float maximum,
      Codes.Writer writer) {
    for (int from = 0; from < length; from += Long.SIZE) {
      long sent = 0;
      long minus = 0;
      int to = Math.min(from + Long.SIZE, length);
      for (int i = from; i < to; i += LANES) {
        int place = Math.min(i, length - LANES);
        long at = (first + place) * Float.BYTES;
        var sum = load(residue, at);
        var newest = load(gradient, at).mul(factor).add(sum).abs();
        var chosen = newest.compare(VectorOperators.GE, maximum);
        sent |= moved(chosen.and(sum.compare(VectorOperators.NE, 0f)).toLong(), place - from);
        minus |= moved(sum.compare(VectorOperators.LT, 0f).toLong(), place - from);
      }
      writer.send(from, sent, minus);
    }
  }

  /** Bits moved up by so many places, or down. */
  private static long moved(long bits, int places) {
    return places >= 0 ? bits << places : bits >>> -places;
  }

  private void chooseFew(
      MemorySegment gradient,
      MemorySegment residue,
      long first,
      int length,
      float maximum,
      Codes.Writer writer) {
    for (int place = 0; place < length; place++) {
      float sum = Floats.get(residue, first + place);
      float newest = Floats.get(gradient, first + place) * factor + sum;
      if (Math.abs(newest) >= maximum && sum != 0) {
        writer.send(place, 1, sum < 0 ? 1 : 0);
      }
    }
  }

  @Override
  public void unpackAdd(MemorySegment pack, MemorySegment sum) {
    if (pack.byteSize() < Float.BYTES) {
      throw new PackException("A pack of %d bytes has no scale.".formatted(pack.byteSize()));
    }
    float scale = Floats.get(pack, 0);
    if (!(scale >= 0 && scale < Float.POSITIVE_INFINITY)) {
      throw new PackException("A pack has the scale " + scale + ".");
    }
    codes.require(pack, Float.BYTES);
    codes.add(pack, Float.BYTES, scale, sum);
  }

  private static FloatVector load(MemorySegment memory, long at) {
    return FloatVector.fromMemorySegment(SPECIES, memory, at, ORDER);
  }
}
