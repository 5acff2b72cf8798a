package dev.gradus.exchange;

import dev.gradus.compress.PackException;
import dev.gradus.engine.Tensors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors whose packs travel in one message: for each the length of its pack and the pack.
 *
 * <pre>
 *   | 4 bytes: length, −1 for no gradient | pack | length | pack | …
 * </pre>
 */
final class Parcel {
  private static final ValueLayout.OfInt LENGTH =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ABSENT = -1;

  private final List<PackedTensor> members;
  private final MemorySegment memory;
  private MemorySegment packed = MemorySegment.NULL;

  Parcel(List<PackedTensor> members, Arena arena) {
    this.members = members;
    long largest =
        members.stream().mapToLong(m -> LENGTH.byteSize() + m.packing().largestPack()).sum();
    memory = arena.allocate(largest);
  }

  /** Packs every gradient; the memory is valid until the next call. */
  MemorySegment pack(long step, Tensors tensors) {
    long at = 0;
    for (var member : members) {
      at += write(member, step, tensors, memory.asSlice(at));
    }
    packed = memory.asSlice(0, at);
    return packed;
  }

  private static long write(PackedTensor member, long step, Tensors tensors, MemorySegment to) {
    var gradient = tensors.gradient(member.index());
    if (gradient == null) {
      to.set(LENGTH, 0, ABSENT);
      return LENGTH.byteSize();
    }
    var body = to.asSlice(LENGTH.byteSize(), member.packing().largestPack());
    long length = member.packing().pack(step, gradient, member.residue(), body);
    to.set(LENGTH, 0, (int) length);
    member.countPacked(LENGTH.byteSize() + length);
    return LENGTH.byteSize() + length;
  }

  /** What this worker has packed last. */
  MemorySegment packed() {
    return packed;
  }

  /** Makes the gradients zero, for packs to be added to. */
  void clear(Tensors tensors) {
    for (var member : members) {
      var gradient = tensors.gradient(member.index());
      if (gradient != null) {
        gradient.fill((byte) 0);
      }
    }
  }

  /** Divides the gradients, which are sums now. */
  void divide(Tensors tensors, int workers) {
    for (var member : members) {
      var gradient = tensors.gradient(member.index());
      if (gradient != null) {
        FloatArrays.divide(gradient, workers);
      }
    }
  }

  /** Adds what the packs of a worker stand for to the gradients. */
  void add(MemorySegment received, int rank, Tensors tensors) {
    long at = 0;
    for (var member : members) {
      at += add(member, received.asSlice(at), rank, tensors.gradient(member.index()));
    }
    if (at != received.byteSize()) {
      throw refusal(rank, members.getLast(), "more bytes follow");
    }
  }

  private static long add(
      PackedTensor member, MemorySegment rest, int rank, @Nullable MemorySegment gradient) {
    long room = rest.byteSize() - LENGTH.byteSize();
    int length = room < 0 ? Integer.MAX_VALUE : rest.get(LENGTH, 0);
    if (length == ABSENT && gradient == null) {
      return LENGTH.byteSize();
    }
    if (length < 0 || length > room || gradient == null) {
      throw refusal(rank, member, "its length is " + length + " where " + room + " bytes are left");
    }
    try {
      member.packing().unpackAdd(rest.asSlice(LENGTH.byteSize(), length), gradient);
    } catch (PackException damaged) {
      throw refusal(rank, member, String.valueOf(damaged.getMessage()));
    }
    return LENGTH.byteSize() + length;
  }

  private static LostWorkerException refusal(int rank, PackedTensor member, String what) {
    return new LostWorkerException(
        rank, "Worker %d sent no pack of %s: %s".formatted(rank, member.name(), what));
  }
}
