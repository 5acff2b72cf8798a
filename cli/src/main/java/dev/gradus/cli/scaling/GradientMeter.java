package dev.gradus.cli.scaling;

import dev.gradus.compress.Compressor;
import dev.gradus.compress.Dense;
import dev.gradus.compress.Packing;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Lets several schemes pack every gradient, and sends it as it is. */
final class GradientMeter implements Compressor {
  private final List<SchemeMeter> schemes;
  private final Arena arena;
  private boolean counts;
  private long spent;

  GradientMeter(List<Compressor> compressors, Arena arena) {
    this.arena = arena;
    schemes = compressors.stream().map(SchemeMeter::new).toList();
  }

  List<SchemeMeter> schemes() {
    return schemes;
  }

  /** Whether what is measured in this step counts. */
  boolean counts() {
    return counts;
  }

  /** How long this step's gradients have been packed, in nanoseconds. */
  long spent() {
    return spent;
  }

  /** Begins another step. */
  void next(boolean toCount) {
    counts = toCount;
    spent = 0;
  }

  @Override
  public Packing of(Shape shape) {
    var meters = schemes.stream().map(scheme -> scheme.meter(shape, arena)).toList();
    return new Measured(new Dense().of(shape), meters);
  }

  @Override
  public String toString() {
    return "rehearsal";
  }

  private final class Measured implements Packing {
    private final Packing dense;
    private final List<TensorMeter> meters;

    Measured(Packing dense, List<TensorMeter> meters) {
      this.dense = dense;
      this.meters = meters;
    }

    @Override
    public long residueFloats() {
      return dense.residueFloats();
    }

    @Override
    public long largestPack() {
      return dense.largestPack();
    }

    @Override
    public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
      long start = System.nanoTime();
      meters.forEach(meter -> meter.pack(step, gradient, counts));
      spent += System.nanoTime() - start;
      return dense.pack(step, gradient, residue, pack);
    }

    @Override
    public void unpackAdd(MemorySegment pack, MemorySegment sum) {
      dense.unpackAdd(pack, sum);
    }
  }
}
