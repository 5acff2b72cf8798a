package dev.gradus.djl;

import ai.djl.nn.Parameter;
import dev.gradus.djl.data.SplitMix64;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The initial weights: a pure function of the run's seed and the parameter's name and shape, the
 * same for any engine version and number of threads.
 *
 * <p>Weights of two or more dimensions are drawn uniformly from ±√(6 / inputs) (He 2015, fit for
 * layers before a ReLU), those of recurrent layers from ±√(3 / inputs), which keeps the variance.
 * Everything else keeps DJL's constants: 0 for biases and β, 1 for γ.
 */
final class Initialisation {
  private static final long PURPOSE = 0x696e697469616cL;

  private Initialisation() {}

  static void fill(NamedParameter named, long seed) {
    if (named.parameter().getType() == Parameter.Type.WEIGHT && named.shape().size() > 1) {
      double gain = named.recurrent() ? 3 : 6;
      double bound = Math.sqrt(gain / inputs(named.shape()));
      uniform(Native.segment(named), bound, SplitMix64.at(seed, PURPOSE, hash(named.name())));
    }
  }

  private static void uniform(MemorySegment values, double bound, SplitMix64 bits) {
    for (long index = 0; index < values.byteSize() / Float.BYTES; index++) {
      double fraction = (bits.next() >>> 11) * 0x1p-53;
      values.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) ((2 * fraction - 1) * bound));
    }
  }

  private static double inputs(List<Long> shape) {
    return shape.stream().skip(1).reduce(1L, Math::multiplyExact);
  }

  private static long hash(String name) {
    var checksum = new CRC32C();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}
