package dev.gradus.spark;

import dev.gradus.exchange.Collectives;
import dev.gradus.exchange.Transport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.zip.CRC32C;

/** Exchanges of several sizes, and what comes out of them. */
final class Exchanges {
  private static final int[] SIZES = {1_000, 100_000, 5_000_000};

  private Exchanges() {}

  static String checksums(Transport transport) {
    var collectives = new Collectives(transport);
    var sum = new CRC32C();
    for (int size : SIZES) {
      var mine = floats(transport.rank(), size);
      for (var pack : collectives.allGather(mine)) {
        sum.update(pack.asByteBuffer());
      }
      collectives.sum(mine);
      sum.update(mine.asByteBuffer());
    }
    collectives.barrier();
    return Long.toHexString(sum.getValue());
  }

  private static MemorySegment floats(int rank, int bytes) {
    var numbers = new Random(rank);
    var floats = Arena.ofAuto().allocate(bytes);
    for (long i = 0; i < bytes / Float.BYTES; i++) {
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) numbers.nextGaussian());
    }
    return floats;
  }
}
