package dev.gradus.cli.scaling;

import dev.gradus.compress.Packing;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Measures the packs of one tensor: what they have, and how long they take. */
final class TensorMeter {
  private static final double NANOS = 1e9;
  private final Packing packing;
  private final MemorySegment residue;
  private final MemorySegment pack;
  private final MemorySegment sum;
  private final Timing packs = new Timing();
  private final Timing unpacks = new Timing();
  private long warmUp;
  private double bytes;

  /**
   * Measures a scheme.
   *
   * @param warmUp how long its code is run before anything is measured, in nanoseconds
   */
  TensorMeter(Packing packing, Shape shape, Arena arena, long warmUp) {
    this.warmUp = warmUp;
    this.packing = packing;
    residue = arena.allocate(packing.residueFloats() * Float.BYTES, Long.BYTES);
    pack = arena.allocate(packing.largestPack(), Long.BYTES);
    sum = arena.allocate(shape.size() * Float.BYTES, Long.BYTES);
  }

  void pack(long step, MemorySegment gradient, boolean counts) {
    if (warmUp > 0) {
      warmUp(gradient);
    }
    long start = System.nanoTime();
    long size = packing.pack(step, gradient, residue, pack);
    long packed = System.nanoTime();
    packing.unpackAdd(pack.asSlice(0, size), sum);
    if (counts) {
      packs.add((packed - start) / NANOS);
      unpacks.add((System.nanoTime() - packed) / NANOS);
      bytes += size;
    }
  }

  /** Packs until the code is compiled, and forgets it. */
  private void warmUp(MemorySegment gradient) {
    long end = System.nanoTime() + warmUp;
    warmUp = 0;
    while (System.nanoTime() < end) {
      pack(0, gradient, false);
    }
    residue.fill((byte) 0);
    sum.fill((byte) 0);
  }

  /** What a pack has, in the mean. */
  double bytes() {
    return bytes / Math.max(1, packs.count());
  }

  double packSeconds() {
    return packs.median();
  }

  double unpackSeconds() {
    return unpacks.median();
  }
}
