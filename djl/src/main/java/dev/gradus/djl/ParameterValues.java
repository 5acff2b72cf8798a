package dev.gradus.djl;

import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The values of some parameters of a network: in their own memory, and as a copy to go back to.
 *
 * <p>The copy's memory is allocated once and belongs to the arena.
 */
final class ParameterValues {
  private static final long ALIGNMENT = 64;

  private final List<NamedParameter> members;
  private final List<MemorySegment> copies;

  private ParameterValues(List<NamedParameter> members, Arena arena) {
    members.forEach(Native::requireInPlace);
    this.members = members;
    copies = members.stream().map(named -> allocate(named, arena)).toList();
  }

  /** Every parameter: trained, frozen and running statistics. */
  static ParameterValues all(Network network, Arena arena) {
    return of(network, arena, named -> true);
  }

  /** What a forward pass may change: parameters without a gradient. */
  static ParameterValues withoutGradient(Network network, Arena arena) {
    return of(network, arena, named -> !named.parameter().requiresGradient());
  }

  /** What layers that normalise over batches remember of them. */
  static ParameterValues runningStatistics(Network network, Arena arena) {
    return of(network, arena, ParameterValues::isRunning);
  }

  private static boolean isRunning(NamedParameter named) {
    return switch (named.parameter().getType()) {
      case RUNNING_MEAN, RUNNING_VAR -> true;
      case WEIGHT, BIAS, GAMMA, BETA, OTHER -> false;
    };
  }

  /** What a backward pass gives gradients. */
  static ParameterValues withGradient(Network network, Arena arena) {
    return of(network, arena, named -> named.parameter().requiresGradient());
  }

  /** Those of some names. */
  static ParameterValues named(Network network, Set<String> names, Arena arena) {
    return of(network, arena, named -> names.contains(named.name()));
  }

  private static ParameterValues of(
      Network network, Arena arena, Predicate<NamedParameter> wanted) {
    return new ParameterValues(network.parameters().stream().filter(wanted).toList(), arena);
  }

  /** Copies the present values. */
  void remember() {
    for (int index = 0; index < copies.size(); index++) {
      copies.get(index).copyFrom(live(index));
    }
  }

  /** Makes the copied values the present ones. */
  void putBack() {
    for (int index = 0; index < copies.size(); index++) {
      live(index).copyFrom(copies.get(index));
    }
  }

  /** Makes the copied values, moved along a direction, the present ones. */
  void putBackMoved(List<MemorySegment> direction, float distance) {
    for (int index = 0; index < copies.size(); index++) {
      move(copies.get(index), direction.get(index), distance, live(index));
    }
  }

  private static void move(
      MemorySegment from, MemorySegment along, float distance, MemorySegment to) {
    long count = from.byteSize() / Float.BYTES;
    for (long i = 0; i < count; i++) {
      float step = distance * along.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      to.setAtIndex(ValueLayout.JAVA_FLOAT, i, from.getAtIndex(ValueLayout.JAVA_FLOAT, i) + step);
    }
  }

  /** The present values, not copied. */
  List<Tensor> present() {
    return IntStream.range(0, members.size()).mapToObj(i -> tensor(i, live(i))).toList();
  }

  /** Whose values they are. */
  List<NamedParameter> members() {
    return members;
  }

  /** The memory of the copies, in the order of the members. */
  List<MemorySegment> memory() {
    return copies;
  }

  /** The copied values. */
  List<Tensor> copied() {
    return IntStream.range(0, members.size()).mapToObj(i -> tensor(i, copies.get(i))).toList();
  }

  /** Takes over values that were saved under the same names; others are left alone. */
  void read(Map<String, Tensor> saved) {
    for (int index = 0; index < members.size(); index++) {
      var tensor = saved.get(members.get(index).name());
      if (tensor != null) {
        live(index).copyFrom(tensor.data());
      }
    }
  }

  private MemorySegment live(int index) {
    return Native.segment(members.get(index));
  }

  private Tensor tensor(int index, MemorySegment data) {
    var named = members.get(index);
    return new Tensor(named.name(), Dtype.F32, named.shape(), data);
  }

  private static MemorySegment allocate(NamedParameter named, Arena arena) {
    return arena.allocate(Native.segment(named).byteSize(), ALIGNMENT);
  }
}
