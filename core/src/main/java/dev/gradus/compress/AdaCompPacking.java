package dev.gradus.compress;

import static dev.gradus.compress.Floats.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link AdaComp} for one tensor: the scale, then the codes of what is sent. */
final class AdaCompPacking implements Packing {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private final long elements;
  private final float factor;
  private final BinCodes codes;

  AdaCompPacking(long elements, int bin, float scaleFactor) {
    this.elements = elements;
    this.factor = scaleFactor - 1;
    codes = new BinCodes(elements, bin);
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
    var writer = codes.new Writer(pack, Float.BYTES);
    double maxima = 0;
    for (long bin = 0; bin < codes.bins(); bin++) {
      long first = bin * codes.bin();
      int length = (int) Math.min(codes.bin(), elements - first);
      float maximum = accumulate(gradient, residue, first, length);
      maxima += maximum;
      if (maximum > 0) {
        choose(gradient, residue, first, length, maximum, bin, writer);
      }
    }
    float scale = (float) (maxima / codes.bins());
    Floats.set(pack, 0, scale);
    codes.add(pack.asSlice(0, writer.end()), Float.BYTES, -scale, residue);
    return writer.end();
  }

  /**
   * Adds a bin's gradient to its residue; the largest absolute value of the sum. Floats without
   * signs are ordered as their bits are.
   */
  private static float accumulate(
      MemorySegment gradient, MemorySegment residue, long first, int length) {
    var maxima = IntVector.zero(INTS);
    int whole = SPECIES.loopBound(length);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      long at = (first + i) * Float.BYTES;
      var sum = load(residue, at).add(load(gradient, at));
      sum.intoMemorySegment(residue, at, ORDER);
      maxima = maxima.max(sum.abs().reinterpretAsInts());
    }
    int maximum = maxima.reduceLanes(VectorOperators.MAX);
    for (long i = first + whole; i < first + length; i++) {
      float sum = Floats.get(residue, i) + Floats.get(gradient, i);
      Floats.set(residue, i, sum);
      maximum = Math.max(maximum, Float.floatToRawIntBits(Math.abs(sum)));
    }
    return Float.intBitsToFloat(maximum);
  }

  private void choose(
      MemorySegment gradient,
      MemorySegment residue,
      long first,
      int length,
      float maximum,
      long bin,
      BinCodes.Writer writer) {
    int whole = SPECIES.loopBound(length);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      long at = (first + i) * Float.BYTES;
      var sum = load(residue, at);
      var newest = load(gradient, at).mul(factor).add(sum).abs();
      long sent = newest.compare(VectorOperators.GE, maximum).toLong();
      if (sent != 0) {
        send(sent, above(sum), above(sum.neg()), bin, i, writer);
      }
    }
    for (int i = whole; i < length; i++) {
      float sum = Floats.get(residue, first + i);
      float newest = Floats.get(gradient, first + i) * factor + sum;
      if (Math.abs(newest) >= maximum && sum != 0) {
        writer.send(bin, i, sum > 0);
      }
    }
  }

  /** In which lanes a number is above 0. */
  private static long above(FloatVector numbers) {
    return numbers.compare(VectorOperators.GT, 0).toLong();
  }

  /** Sends some lanes, but for those in which the sum is 0. */
  private static void send(
      long chosen, long positive, long negative, long bin, int first, BinCodes.Writer writer) {
    for (long left = chosen & (positive | negative); left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      writer.send(bin, first + lane, (positive >>> lane & 1) != 0);
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
