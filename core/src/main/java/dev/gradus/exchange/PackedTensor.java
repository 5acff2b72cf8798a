package dev.gradus.exchange;

import dev.gradus.Parameter;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Compressors;
import dev.gradus.compress.Packing;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One tensor of an exchange: how it is packed, and what this worker remembers of it. */
final class PackedTensor {
  private static final long ALIGNMENT = 64;

  private final int index;
  private final Parameter parameter;
  private final Packing packing;
  private final MemorySegment residue;
  private long packed;

  private PackedTensor(int index, Parameter parameter, Packing packing, MemorySegment residue) {
    this.index = index;
    this.parameter = parameter;
    this.packing = packing;
    this.residue = residue;
  }

  static PackedTensor of(int index, Parameter parameter, Compressor compressor, Arena arena) {
    var packing = Compressors.packing(compressor, parameter);
    var residue = arena.allocate(packing.residueFloats() * Float.BYTES, ALIGNMENT);
    return new PackedTensor(index, parameter, packing, residue);
  }

  int index() {
    return index;
  }

  String name() {
    return parameter.name();
  }

  long elements() {
    return parameter.shape().size();
  }

  Packing packing() {
    return packing;
  }

  MemorySegment residue() {
    return residue;
  }

  void countPacked(long bytes) {
    packed += bytes;
  }

  Traffic.Packed packed() {
    return new Traffic.Packed(parameter, packed);
  }

  Optional<Tensor> remembered() {
    long floats = packing.residueFloats();
    return floats == 0
        ? Optional.empty()
        : Optional.of(new Tensor(name(), Dtype.F32, List.of(floats), residue));
  }

  void takeOver(Map<String, Tensor> saved) {
    var others = saved.get(name());
    if (others != null) {
      requireSize(others);
      packing.takeOver(others.data(), residue);
    }
  }

  private void requireSize(Tensor others) {
    if (others.data().byteSize() != residue.byteSize()) {
      throw new IllegalArgumentException(
          "The residue of %s has %d bytes and not %d; it is of another compressor."
              .formatted(name(), others.data().byteSize(), residue.byteSize()));
    }
  }
}
