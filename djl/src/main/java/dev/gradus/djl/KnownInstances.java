package dev.gradus.djl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.StableHash;
import dev.gradus.djl.data.Task;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * By what training examples are known again when others were added or removed: two hashes of each,
 * 16 bytes in native memory.
 *
 * @param identities of the name that an example has
 * @param contents of its input and its class; targets that are numbers are not looked at
 */
record KnownInstances(MemorySegment identities, MemorySegment contents) {
  private static final String IDENTITIES = "instances/identities";
  private static final String CONTENTS = "instances/contents";

  /**
   * Reads all examples once.
   *
   * @throws UserException if an example has no name of its own
   */
  static KnownInstances of(DataSet data, Arena arena) {
    var examples = data.train();
    var identities = numbers(examples.size(), arena);
    var contents = numbers(examples.size(), arena);
    IntStream.range(0, examples.size())
        .parallel()
        .forEach(
            index -> {
              identities.setAtIndex(JAVA_LONG, index, identity(examples, index));
              contents.setAtIndex(JAVA_LONG, index, contents(data, index));
            });
    requireDistinct(examples, identities);
    return new KnownInstances(identities, contents);
  }

  private static MemorySegment numbers(int count, Arena arena) {
    return arena.allocate(JAVA_LONG, Math.max(1, count)).asSlice(0, (long) count * Long.BYTES);
  }

  private static long identity(Examples examples, int index) {
    var identity = examples.identity(index);
    if (identity.isBlank()) {
      throw new UserException(
          "Training example %d has no name, so what is learned about it could not be kept; name it."
              .formatted(index));
    }
    return StableHash.of(identity);
  }

  private static long contents(DataSet data, int index) {
    long input = data.train().contents(index);
    if (!(data.task() instanceof Task.Classification(var classes, _))) {
      return input;
    }
    var target = new float[data.train().targetLength()];
    data.train().target(index, target, 0);
    return StableHash.of(input, StableHash.of(classes.get((int) target[0])));
  }

  private static void requireDistinct(Examples examples, MemorySegment identities) {
    long[] sorted = identities.toArray(JAVA_LONG);
    Arrays.parallelSort(sorted);
    for (int place = 1; place < sorted.length; place++) {
      if (sorted[place] == sorted[place - 1]) {
        throw sharing(examples, identities, sorted[place]);
      }
    }
  }

  private static UserException sharing(Examples examples, MemorySegment identities, long hash) {
    int[] both =
        IntStream.range(0, examples.size())
            .filter(index -> identities.getAtIndex(JAVA_LONG, index) == hash)
            .limit(2)
            .toArray();
    return new UserException(
        "Training examples %d and %d are named '%s' and '%s', which cannot be told apart; what is learned about each needs names of their own."
            .formatted(both[0], both[1], examples.identity(both[0]), examples.identity(both[1])));
  }

  /** Those of a checkpoint, if it has them. */
  static Optional<KnownInstances> among(Map<String, Tensor> tensors) {
    return numbers(tensors, IDENTITIES)
        .flatMap(
            identities ->
                numbers(tensors, CONTENTS)
                    .filter(contents -> contents.byteSize() == identities.byteSize())
                    .map(contents -> new KnownInstances(identities, contents)));
  }

  private static Optional<MemorySegment> numbers(Map<String, Tensor> tensors, String name) {
    return Optional.ofNullable(tensors.get(name))
        .filter(tensor -> tensor.dtype() == Dtype.I64)
        .map(Tensor::data);
  }

  /** As they are kept in a checkpoint. */
  List<Tensor> tensors() {
    var shape = List.of((long) count());
    return List.of(
        new Tensor(IDENTITIES, Dtype.I64, shape, identities),
        new Tensor(CONTENTS, Dtype.I64, shape, contents));
  }

  int count() {
    return Math.toIntExact(identities.byteSize() / Long.BYTES);
  }

  /** Whether they are the same examples in the same order. */
  boolean areThoseOf(KnownInstances others) {
    return identities.mismatch(others.identities) < 0 && contents.mismatch(others.contents) < 0;
  }
}
