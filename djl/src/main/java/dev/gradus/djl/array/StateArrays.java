package dev.gradus.djl.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gradus.engine.StateTensor;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * The states per weight as arrays. On the CPU they lie in the memory that checkpoints read; for
 * another device that memory is a copy, brought up to date when it is asked for.
 */
final class StateArrays {
  private record Kept(StateTensor state, NDArray array) {}

  private final NDManager manager;
  private final DataType type;
  private final boolean shared;
  private final Map<String, Kept> kept = new HashMap<>();

  /**
   * @param shared whether arrays of the manager's device can lie in memory of the host
   */
  StateArrays(NDManager manager, DataType type, boolean shared) {
    this.manager = manager;
    this.type = type;
    this.shared = shared;
  }

  /** An array for a state whose memory is 0. */
  NDArray add(StateTensor state, Shape matrix) {
    NDArray array =
        shared
            ? WrappedMemory.over(state.values(), matrix, type, manager)
            : manager.zeros(matrix, type);
    kept.put(state.key(), new Kept(state, array));
    return array;
  }

  /** Makes the memory of all states hold what the arrays hold. */
  void download() {
    if (!shared) {
      kept.values().forEach(one -> one.state.values().copyFrom(memory(one.array)));
    }
  }

  /** Makes the array of a state hold what its memory holds. */
  void upload(StateTensor state) {
    Kept one = kept.get(state.key());
    if (!shared && one != null) {
      Shape shape = one.array.getShape();
      try (NDArray values =
          manager
              .create(state.values().asByteBuffer(), shape, type)
              .toDevice(manager.getDevice(), true)) {
        Bound.write(one.array, values);
      }
    }
  }

  private static MemorySegment memory(NDArray array) {
    return MemorySegment.ofBuffer(array.toByteBuffer(true));
  }
}
