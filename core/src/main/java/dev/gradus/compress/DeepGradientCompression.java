package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.lang.foreign.MemorySegment;

/**
 * The largest values of a sum of momenta, fewer and fewer of them in the first steps.
 *
 * <p>Why: momentum that is applied before values are held back treats a value that waited like one
 * that did not.
 *
 * <pre>
 * u ← momentum × u + gradient              v ← v + u
 * sent: the ⌈share × n⌉ values of v that are largest without their signs
 * where sent: u ← 0, v ← 0
 * share in step t: 4^k × share, k falling from 4 to 0 over the warm-up, at most 1
 * </pre>
 *
 * <p>Cost: three passes over v; 8 bytes per value sent; 8 bytes remembered per weight and worker.
 *
 * <p>Use it with a pipeline that has no momentum of its own, such as {@code sgd}.
 *
 * <p>Disagreements: the authors clip each worker's gradient first, which is a matter of the
 * pipeline here, and search the threshold on a sample; here it is exact.
 *
 * <p>Reference: Lin et al., Deep Gradient Compression, ICLR 2018, arXiv 1712.01887.
 *
 * @param share the part of a tensor's values that is sent behind the warm-up, in (0, 1]
 * @param momentum what a momentum is multiplied by in a step, in [0, 1)
 * @param warmup the steps of the warm-up, 0 or more
 */
@Name("dgc")
public record DeepGradientCompression(
    @Range("(0, 1]") double share, @Range("[0, 1)") double momentum, @Range("[0, ∞)") int warmup)
    implements Compressor {
  private static final int STAGES = 4;
  private static final int FACTOR = 4;

  /** Checks the ranges. */
  public DeepGradientCompression {
    RecordType.check(DeepGradientCompression.class, share, momentum, warmup);
  }

  /** The paper's one value in a thousand and momentum of 0.9, without a warm-up. */
  public DeepGradientCompression() {
    this(0.001, 0.9, 0);
  }

  @Override
  public Packing of(Shape shape) {
    return new Momenta(new SparseValues(shape.size()));
  }

  @Override
  public String toString() {
    return RecordType.of(DeepGradientCompression.class).print(this);
  }

  /** The part that is sent in a step. */
  double share(long step) {
    long stage = step >= warmup ? STAGES : step * STAGES / warmup;
    return Math.min(1, share * Math.pow(FACTOR, (double) (STAGES - stage)));
  }

  private final class Momenta implements Packing {
    private final SparseValues values;

    Momenta(SparseValues values) {
      this.values = values;
    }

    @Override
    public long residueFloats() {
      return 2 * values.elements();
    }

    @Override
    public long largestPack() {
      return count(0) * SparseValues.BYTES;
    }

    private long count(long step) {
      return (long) Math.ceil(share(step) * values.elements());
    }

    @Override
    public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
      long bytes = values.elements() * Float.BYTES;
      var momenta = residue.asSlice(0, bytes);
      var sums = residue.asSlice(bytes, bytes);
      for (long i = 0; i < values.elements(); i++) {
        float next = (float) momentum * Floats.get(momenta, i) + Floats.get(gradient, i);
        Floats.set(momenta, i, next);
        Floats.add(sums, i, next);
      }
      return send((int) count(step), momenta, sums, pack);
    }

    private long send(int count, MemorySegment momenta, MemorySegment sums, MemorySegment pack) {
      var largest = LargestValues.of(sums, values.elements(), count);
      long sent = 0;
      for (long i = 0; i < values.elements(); i++) {
        float value = Floats.get(sums, i);
        if (largest.take(value)) {
          SparseValues.write(pack, sent++, i, value);
          Floats.set(momenta, i, 0);
          Floats.set(sums, i, 0);
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
