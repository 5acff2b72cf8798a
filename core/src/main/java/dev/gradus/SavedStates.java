package dev.gradus;

import dev.gradus.engine.Engine;
import dev.gradus.engine.StateTensor;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine's states as tensors of a checkpoint. */
record SavedStates(Engine engine) {
  /** The states that have a value. */
  List<Tensor> present() {
    return engine.states().stream().filter(engine::hasValue).map(SavedStates::tensor).toList();
  }

  /** All states. */
  List<Tensor> all() {
    return engine.states().stream().map(SavedStates::tensor).toList();
  }

  /** Takes over what is stored and starts the others afresh. */
  void restore(Map<String, Tensor> stored) {
    engine.states().forEach(state -> requireSameForm(stored.get(state.key()), tensor(state)));
    engine.states().forEach(state -> restore(state, stored.get(state.key())));
  }

  private void restore(StateTensor state, @Nullable Tensor stored) {
    if (stored == null) {
      engine.restart(state);
    } else {
      MemorySegment.copy(stored.data(), 0, state.values(), 0, state.values().byteSize());
      engine.markValued(state);
    }
  }

  private static Tensor tensor(StateTensor state) {
    Dtype dtype = state.bytesPerValue() == Float.BYTES ? Dtype.F32 : Dtype.F64;
    return new Tensor(state.key(), dtype, state.shape(), state.values());
  }

  private static void requireSameForm(@Nullable Tensor found, Tensor wanted) {
    if (found != null
        && (found.dtype() != wanted.dtype() || !found.shape().equals(wanted.shape()))) {
      throw new UserException(
          "State '%s' is %s%s in the checkpoint, but the optimizer keeps %s%s; continue with the"
                  .formatted(
                      wanted.name(), found.dtype(), found.shape(), wanted.dtype(), wanted.shape())
              + " pipeline and network of the checkpoint.");
    }
  }
}
