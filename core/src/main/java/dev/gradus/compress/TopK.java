package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.lang.foreign.MemorySegment;

/**
 * The largest values of each tensor; the others are remembered until they are large.
 *
 * <pre>
 * G = residue + gradient
 * sent: the ⌈share × n⌉ values of G that are largest without their signs       residue = the others
 * </pre>
 *
 * <p>Cost: three passes over G; 8 bytes per value sent; 4 bytes remembered per weight and worker.
 *
 * <p>Disagreements: authors search a threshold on a sample of the values; here it is exact.
 *
 * <p>Reference: Aji and Heafield, Sparse Communication for Distributed Gradient Descent, EMNLP
 * 2017.
 *
 * @param share the part of a tensor's values that is sent, in (0, 1]
 */
@Name("top-k")
public record TopK(@Range("(0, 1]") double share) implements Compressor {

  /** Checks the range. */
  public TopK {
    RecordType.check(TopK.class, share);
  }

  /** One value in a hundred. */
  public TopK() {
    this(0.01);
  }

  @Override
  public Packing of(Shape shape) {
    return new Largest(new SparseValues(shape.size()), share);
  }

  @Override
  public String toString() {
    return RecordType.of(TopK.class).print(this);
  }

  private record Largest(SparseValues values, double share) implements Packing {
    @Override
    public long residueFloats() {
      return values.elements();
    }

    @Override
    public long largestPack() {
      return (long) count() * SparseValues.BYTES;
    }

    private int count() {
      return (int) Math.ceil(share * values.elements());
    }

    @Override
    public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
      for (long i = 0; i < values.elements(); i++) {
        Floats.add(residue, i, Floats.get(gradient, i));
      }
      var largest = LargestValues.of(residue, values.elements(), count());
      long sent = 0;
      for (long i = 0; i < values.elements(); i++) {
        float value = Floats.get(residue, i);
        if (largest.take(value)) {
          SparseValues.write(pack, sent++, i, value);
          Floats.set(residue, i, 0);
        }
      }
      return sent * SparseValues.BYTES;
    }

    @Override
    public void unpackAdd(MemorySegment pack, MemorySegment sum) {
      values.addTo(sum, pack);
    }
  }
}
