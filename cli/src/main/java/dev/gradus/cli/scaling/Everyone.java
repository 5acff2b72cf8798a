package dev.gradus.cli.scaling;

import dev.gradus.exchange.Collectives;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What all workers of a team have measured. */
final class Everyone {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private Everyone() {}

  /** The mean of everyone's figure; all workers call it and are told the same. */
  static double mean(double own, Collectives collectives) {
    var bytes = MemorySegment.ofArray(new byte[Double.BYTES]);
    bytes.set(DOUBLE, 0, own);
    var all = collectives.allGather(bytes);
    return all.stream().mapToDouble(each -> each.get(DOUBLE, 0)).average().orElseThrow();
  }
}
