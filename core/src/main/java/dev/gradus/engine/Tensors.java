package dev.gradus.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where the weights and gradients of a step lie. An engine asks anew in every step, because a host
 * may replace an array between steps. Memory of direct buffers and of any arena will do. That of a
 * confined arena serves an optimizer with one thread, and the JVM should be started with {@code
 * --enable-native-access}: without, it warns, and one that forbids native access may take forty
 * times as long for a step.
 */
public interface Tensors {
  /**
   * The weight, updated in place.
   *
   * @param index the tensor, in the order given to the engine
   * @return native memory with one number for every weight, row-major
   */
  MemorySegment weight(int index);

  /**
   * The gradient, never changed.
   *
   * @param index the tensor, in the order given to the engine
   * @return memory like the weight's; null if the tensor has no gradient in this step, which leaves
   *     it and its states untouched
   */
  @Nullable MemorySegment gradient(int index);
}
