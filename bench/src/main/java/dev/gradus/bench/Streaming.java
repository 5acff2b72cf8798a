package dev.gradus.bench;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves the bytes that AdamW moves and leaves every number as it was: reads weights, gradients and
 * two states, writes all but the gradients. No optimizer that does so much can be faster.
 */
final class Streaming implements Walk {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final Memory memory;
  private final Moments moments;
  private final float one;
  private final float zero;

  Streaming(Memory memory, Moments moments) {
    this.memory = memory;
    this.moments = moments;
    zero = (float) Math.sin(memory.count() - (double) memory.count());
    one = 1 + zero;
  }

  @Override
  public void run(int tensor, long first, int count) {
    MemorySegment weights = memory.weight(tensor);
    MemorySegment gradients = memory.gradient(tensor);
    MemorySegment m = moments.means().get(tensor);
    MemorySegment v = moments.squares().get(tensor);
    var ones = FloatVector.broadcast(SPECIES, one);
    var zeros = FloatVector.broadcast(SPECIES, zero);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      long at = (first + i) * Float.BYTES;
      load(m, at).mul(ones).intoMemorySegment(m, at, ORDER);
      load(v, at).mul(ones).intoMemorySegment(v, at, ORDER);
      load(gradients, at).fma(zeros, load(weights, at)).intoMemorySegment(weights, at, ORDER);
    }
  }

  private static FloatVector load(MemorySegment memory, long at) {
    return FloatVector.fromMemorySegment(SPECIES, memory, at, ORDER);
  }
}
