package dev.gradus.djl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instance method learns in a run, and by what the examples it is about are known again.
 */
final class InstanceState {
  private final InstanceMethod.Running method;
  private final Optional<KnownInstances> examples;

  /**
   * Of a method that begins.
   *
   * @throws UserException if it remembers examples and one has no name of its own
   */
  InstanceState(DataSet data, InstanceMethod.Running method, Arena arena) {
    this.method = method;
    boolean remembers =
        method.state().stream().anyMatch(tensor -> isOfEach(tensor, data.train().size()));
    examples = remembers ? Optional.of(KnownInstances.of(data, arena)) : Optional.empty();
  }

  private static boolean isOfEach(Tensor tensor, int count) {
    return !tensor.shape().isEmpty() && tensor.shape().getFirst() == count;
  }

  /** As it is kept in a checkpoint; the memory is the live one. */
  List<Tensor> tensors() {
    var tensors = new ArrayList<>(method.state());
    examples.map(KnownInstances::tensors).ifPresent(tensors::addAll);
    return tensors;
  }

  /** What is different about the examples of a checkpoint, in words. */
  Optional<String> difference(Map<String, Tensor> saved) {
    return examples.flatMap(
        now ->
            KnownInstances.among(saved)
                .filter(then -> !then.areThoseOf(now))
                .map(then -> difference(Reunion.of(then, now))));
  }

  private static String difference(Reunion reunion) {
    return "of the training examples %,d are new, %,d gone, %,d changed and %,d the same"
        .formatted(reunion.added(), reunion.gone(), reunion.changed(), reunion.kept());
  }

  /**
   * Goes on with a saved state of the same examples.
   *
   * @throws UserException if it cannot be that of this method
   */
  void restore(Map<String, Tensor> saved) {
    method.state().forEach(tensor -> requireFinite(saved.get(tensor.name())));
    method.restore(saved);
  }

  /**
   * Begins with what an earlier run has learned of the examples that are the same.
   *
   * @return what there is to say about it
   * @throws UserException if that run has learned nothing of the kind
   */
  String takeOver(Map<String, Tensor> saved) {
    var then = KnownInstances.among(saved).filter(known -> hasLearned(saved, known.count()));
    if (examples.isEmpty() || then.isEmpty()) {
      throw new UserException(
          "The earlier run has learned nothing about single examples that this method could begin"
              + " with; both runs need the same method, such as rates.");
    }
    var reunion = Reunion.of(then.get(), examples.get());
    try (var copies = Arena.ofConfined()) {
      var carried = new HashMap<String, Tensor>();
      for (Tensor tensor : method.state()) {
        var earlier = saved.getOrDefault(tensor.name(), tensor);
        carried.put(tensor.name(), carried(earlier, tensor, reunion, copies));
      }
      restore(carried);
    }
    return "Of the training examples %,d go on as the earlier run left them; %,d are new and %,d have changed, which begin anew; %,d are gone."
        .formatted(reunion.kept(), reunion.added(), reunion.changed(), reunion.gone());
  }

  private boolean hasLearned(Map<String, Tensor> saved, int count) {
    return method.state().stream()
        .map(tensor -> saved.get(tensor.name()))
        .anyMatch(earlier -> earlier != null && isOfEach(earlier, count));
  }

  /** What is known of each example goes to where the example is now; the rest as it is. */
  private Tensor carried(Tensor earlier, Tensor present, Reunion reunion, Arena copies) {
    if (!isOfEach(present, reunion.size()) || !isOfEach(earlier, reunion.earlierSize())) {
      return earlier.shape().equals(present.shape()) ? earlier : present;
    }
    var data = copies.allocate(present.data().byteSize(), Long.BYTES).copyFrom(present.data());
    reunion.carry(earlier.data(), data);
    return new Tensor(present.name(), present.dtype(), present.shape(), data);
  }

  private static void requireFinite(@Nullable Tensor saved) {
    if (saved == null || saved.dtype() != Dtype.F32) {
      return;
    }
    long count = saved.data().byteSize() / Float.BYTES;
    for (long index = 0; index < count; index++) {
      float value = saved.data().getAtIndex(JAVA_FLOAT, index);
      if (!Float.isFinite(value)) {
        throw new UserException(
            "In the checkpoint number %,d of '%s' is %s, which no run can go on with; begin a new"
                    .formatted(index, saved.name(), value)
                + " one.");
      }
    }
  }
}
