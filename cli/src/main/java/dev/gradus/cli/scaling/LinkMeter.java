package dev.gradus.cli.scaling;

import dev.gradus.exchange.Collectives;
import dev.gradus.scaling.Link;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Measures what connects the workers of a team. */
final class LinkMeter {
  private static final int FEW = 1 << 4;
  private static final int MANY = 1 << 20;
  private static final int ROUNDS_OF_FEW = 200;
  private static final int ROUNDS_OF_MANY = 7;
  private static final double NANOS = 1e9;

  private final Collectives collectives;

  LinkMeter(Collectives collectives) {
    this.collectives = collectives;
  }

  /** What everyone's few and everyone's many bytes take to everyone; all workers call it. */
  Link measure(int workers) {
    try (var arena = Arena.ofShared()) {
      double few = seconds(arena.allocate(FEW), ROUNDS_OF_FEW);
      double many = seconds(arena.allocate(MANY), ROUNDS_OF_MANY);
      return Link.measured(workers, few, MANY - FEW, many);
    }
  }

  private double seconds(MemorySegment bytes, int rounds) {
    var times = new Timing();
    for (int round = 0; round < rounds; round++) {
      collectives.barrier();
      long start = System.nanoTime();
      collectives.allGather(bytes);
      times.add((System.nanoTime() - start) / NANOS);
    }
    return times.median();
  }
}
