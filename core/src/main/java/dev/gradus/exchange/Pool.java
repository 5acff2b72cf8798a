package dev.gradus.exchange;

import dev.gradus.engine.Tensors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Small tensors that are summed together, one behind the other: a sum of many floats costs a worker
 * less than twice their bytes, sums of few go from everyone to everyone.
 */
final class Pool {
  private static final long ALIGNMENT = 64;

  private final List<PackedTensor> members;
  private final MemorySegment memory;

  Pool(List<PackedTensor> members, Arena arena) {
    this.members = List.copyOf(members);
    long floats = members.stream().mapToLong(PackedTensor::elements).sum();
    memory = arena.allocate(floats * Float.BYTES, ALIGNMENT);
  }

  /** Replaces the gradients that there are by the means over all workers. */
  void average(Tensors tensors, Collectives collectives, int workers) {
    var together = memory.asSlice(0, collect(tensors));
    if (together.byteSize() > 0) {
      collectives.sum(together);
      FloatArrays.divide(together, workers);
      distribute(tensors);
    }
  }

  private long collect(Tensors tensors) {
    long at = 0;
    for (var member : members) {
      var gradient = tensors.gradient(member.index());
      if (gradient != null) {
        memory.asSlice(at, gradient.byteSize()).copyFrom(gradient);
        member.countPacked(gradient.byteSize());
        at += gradient.byteSize();
      }
    }
    return at;
  }

  private void distribute(Tensors tensors) {
    long at = 0;
    for (var member : members) {
      var gradient = tensors.gradient(member.index());
      if (gradient != null) {
        gradient.copyFrom(memory.asSlice(at, gradient.byteSize()));
        at += gradient.byteSize();
      }
    }
  }
}
