package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training program consists of between two steps, as far as its network and its optimizer
 * go, to and from a checkpoint.
 *
 * <p>Tensors: every parameter under its name, the optimizer's states under {@code parameter/state}.
 * Texts: {@code steps}, and {@code history.…} for schedules with a memory.
 *
 * @param network what messages call the network
 * @param parameters every parameter, running statistics among them
 * @param optimizer the optimizer
 */
record TrainerCheckpoint(String network, List<NamedParameter> parameters, Optimizer optimizer) {
  private static final String STEPS = "steps";
  private static final String HISTORY = "history.";
  private static final long ALIGNMENT = 64;

  /** A copy of everything. */
  Checkpoint copy() {
    Arena arena = Arena.ofAuto();
    var texts = new LinkedHashMap<String, String>();
    texts.put(STEPS, Long.toString(optimizer.steps()));
    texts.putAll(Texts.under(HISTORY, Measured.texts(optimizer.history())));
    var tensors = new ArrayList<Tensor>();
    parameters.forEach(named -> tensors.add(tensor(named, arena)));
    tensors.addAll(new Checkpoint(Map.of(), optimizer.state()).snapshot(arena).tensors().values());
    return new Checkpoint(texts, tensors);
  }

  private static Tensor tensor(NamedParameter named, Arena arena) {
    NDArray array = named.array();
    long bytes = Math.multiplyExact(array.size(), array.getDataType().getNumOfBytes());
    MemorySegment data = arena.allocate(bytes, ALIGNMENT);
    try (NDArray plain = array.stopGradient();
        NDArray flat = plain.flatten()) {
      data.copyFrom(Native.segment(flat));
    }
    return new Tensor(named.name(), dtype(named), named.shape(), data);
  }

  private static Dtype dtype(NamedParameter named) {
    return switch (named.array().getDataType()) {
      case FLOAT32 -> Dtype.F32;
      case FLOAT64 -> Dtype.F64;
      case FLOAT16 -> Dtype.F16;
      default ->
          throw new UserException(
              "Parameter %s is of type %s, which checkpoints don't hold; convert it to float32."
                  .formatted(named.name(), named.array().getDataType()));
    };
  }

  /**
   * Takes over what a checkpoint holds.
   *
   * @throws UserException if it is not one of this network; nothing is changed then
   */
  void restore(Checkpoint saved) {
    String steps = saved.metadata().get(STEPS);
    if (steps == null) {
      throw new UserException(
          "The checkpoint was not written by a trainer's optimizer: it has no count of steps.");
    }
    parameters.forEach(named -> requireSame(named, saved.tensors().get(named.name())));
    requireKnown(saved);
    optimizer.restore(Long.parseLong(steps), saved.tensors());
    optimizer.restore(Measured.history(Texts.below(saved.metadata(), HISTORY)));
    parameters.forEach(named -> write(saved.tensor(named.name()), named.array()));
  }

  private void requireSame(NamedParameter named, @Nullable Tensor saved) {
    if (saved == null) {
      throw another("it has no parameter " + named.name());
    }
    if (!saved.shape().equals(named.shape()) || saved.dtype() != dtype(named)) {
      throw another(
          "parameter %s is %s%s there, but %s%s here"
              .formatted(named.name(), saved.dtype(), saved.shape(), dtype(named), named.shape()));
    }
  }

  private void requireKnown(Checkpoint saved) {
    var names = parameters.stream().map(NamedParameter::name).toList();
    saved.tensors().keySet().stream()
        .filter(name -> !name.contains("/") && !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw another("it has a parameter " + name + ", which the network has not");
            });
  }

  private UserException another(String why) {
    return new UserException(
        "The checkpoint is not of the network %s: %s; continue with the network of the checkpoint."
            .formatted(network, why));
  }

  private static void write(Tensor saved, NDArray to) {
    try (NDArray flat =
            to.getManager()
                .create(saved.data().asByteBuffer(), new Shape(to.size()), to.getDataType());
        NDArray shaped = flat.reshape(to.getShape())) {
      Transfer.copy(shaped, to);
    }
  }
}
