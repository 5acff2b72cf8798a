package dev.gradus.bench;

import dev.gradus.Optimizer;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The two states of AdamW.
 *
 * @param means the mean gradient of every tensor
 * @param squares the mean squared gradient of every tensor
 */
record Moments(List<MemorySegment> means, List<MemorySegment> squares) {
  /** The memory in which an optimizer keeps them, so that contestants differ in nothing else. */
  static Moments of(Optimizer optimizer) {
    return new Moments(states(optimizer, "/m"), states(optimizer, "/v"));
  }

  private static List<MemorySegment> states(Optimizer optimizer, String suffix) {
    return optimizer.state().stream()
        .filter(state -> state.name().endsWith(suffix))
        .map(Tensor::data)
        .toList();
  }
}
