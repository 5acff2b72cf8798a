package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.RecordType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Every value as it is.
 *
 * <p>Why: for tensors of few values, and as what other schemes are measured against.
 *
 * <p>Cost: 4 bytes per weight; nothing is remembered.
 */
@Name("dense")
public record Dense() implements Compressor {

  @Override
  public Packing of(Shape shape) {
    return new Values(shape.size());
  }

  @Override
  public String toString() {
    return RecordType.of(Dense.class).print(this);
  }

  private record Values(long elements) implements Packing {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    @Override
    public long residueFloats() {
      return 0;
    }

    @Override
    public long largestPack() {
      return elements * Float.BYTES;
    }

    @Override
    public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
      MemorySegment.copy(gradient, 0, pack, 0, largestPack());
      return largestPack();
    }

    @Override
    public void unpackAdd(MemorySegment pack, MemorySegment sum) {
      PackException.requireSize(pack.byteSize(), largestPack());
      long whole = elements - elements % SPECIES.length();
      for (long i = 0; i < whole; i += SPECIES.length()) {
        long at = i * Float.BYTES;
        load(sum, at).add(load(pack, at)).intoMemorySegment(sum, at, Floats.ORDER);
      }
      for (long i = whole; i < elements; i++) {
        Floats.add(sum, i, Floats.get(pack, i));
      }
    }

    private static FloatVector load(MemorySegment memory, long at) {
      return FloatVector.fromMemorySegment(SPECIES, memory, at, Floats.ORDER);
    }
  }
}
