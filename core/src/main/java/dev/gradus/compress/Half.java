package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.RecordType;
import java.lang.foreign.MemorySegment;

/**
 * Every value in 16 bits, as IEEE 754 halves.
 *
 * <p>Cost: 2 bytes per weight; nothing is remembered, so what rounding takes is lost.
 *
 * <p>Disagreements: others send infinity for a value beyond 65504; here it is sent as ±65504.
 *
 * <p>Reference: fp16_compress_hook of PyTorch 1.13; fp16 compression of Horovod.
 */
@Name("fp16")
public record Half() implements Compressor {

  @Override
  public Packing of(Shape shape) {
    return new Halves(shape.size());
  }

  @Override
  public String toString() {
    return RecordType.of(Half.class).print(this);
  }

  private record Halves(long elements) implements Packing {
    private static final float LARGEST = 65504;

    @Override
    public long residueFloats() {
      return 0;
    }

    @Override
    public long largestPack() {
      return elements * Short.BYTES;
    }

    @Override
    public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
      for (long i = 0; i < elements; i++) {
        float value = Math.clamp(Floats.get(gradient, i), -LARGEST, LARGEST);
        pack.setAtIndex(Floats.SHORT, i, Float.floatToFloat16(value));
      }
      return largestPack();
    }

    @Override
    public void unpackAdd(MemorySegment pack, MemorySegment sum) {
      PackException.requireSize(pack.byteSize(), largestPack());
      for (long i = 0; i < elements; i++) {
        Floats.add(sum, i, Float.float16ToFloat(pack.getAtIndex(Floats.SHORT, i)));
      }
    }
  }
}
