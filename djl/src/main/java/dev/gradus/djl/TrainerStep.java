package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gradus.UserException;
import dev.gradus.djl.array.ArrayTensors;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a DJL trainer hands out parameter by parameter until the step is complete.
 *
 * <p>A trainer asks for the gradients of all parameters of its network before its first step, and
 * in every step updates each that is not frozen. So the step is complete when the last of those has
 * arrived. DJL hands out copies of gradients; they are kept, not copied again.
 */
final class TrainerStep implements ArrayTensors {
  private final String network;
  private final DataType type;
  private final List<TrainedParameter> parameters;
  private final Map<String, TrainedParameter> byId = new HashMap<>();
  private @Nullable TrainedParameter last;
  private long awaited;

  /**
   * @param network what messages call the network
   * @param type the type of its weights
   * @param parameters what is trained
   */
  TrainerStep(String network, DataType type, List<TrainedParameter> parameters) {
    this.network = network;
    this.type = type;
    this.parameters = parameters;
    parameters.forEach(parameter -> byId.put(parameter.id(), parameter));
  }

  /** Whether nothing has arrived yet. */
  boolean isEmpty() {
    return awaited == 0;
  }

  /** Whether an array is the same parameter on another device as the one before. */
  boolean isReplica(String id, NDArray weight) {
    return last != null && last.id().equals(id) && !last.isLed(weight);
  }

  /**
   * Takes what a trainer hands out.
   *
   * @return whether the step is complete
   */
  boolean arrive(String id, NDArray weight, NDArray gradient) {
    TrainedParameter parameter = parameter(id, weight);
    requireType(parameter, weight);
    if (isReplica(id, weight)) {
      parameter.arrive(weight);
      Torch.zeroGradient(weight);
      return false;
    }
    if (isEmpty()) {
      awaited = parameters.stream().filter(TrainedParameter::requiresGradient).count();
    }
    requireFirst(parameter);
    parameter.arrive(weight, gradient);
    last = parameter;
    awaited--;
    return awaited == 0;
  }

  private TrainedParameter parameter(String id, NDArray weight) {
    TrainedParameter known = byId.get(id);
    if (known == null) {
      throw new UserException(
          "A parameter of shape %s does not belong to the network %s, for which its optimizer was"
                  .formatted(weight.getShape(), network)
              + " made; give each trainer an optimizer made from its own model.");
    }
    return known;
  }

  private void requireType(TrainedParameter parameter, NDArray weight) {
    String engine = weight.getManager().getEngine().getEngineName();
    if (!engine.equals(Torch.ENGINE)) {
      throw new UserException(
          "Parameter %s belongs to the engine %s, but the optimizer works on %s; train the model with %s."
              .formatted(parameter.name(), engine, Torch.ENGINE, Torch.ENGINE));
    }
    if (weight.getDataType() != type) {
      throw new UserException(
          "Parameter %s is of type %s, but the other parameters of the network %s are %s; convert it."
              .formatted(parameter.name(), weight.getDataType(), network, type));
    }
  }

  private void requireFirst(TrainedParameter parameter) {
    if (parameter.hasArrived()) {
      String missing =
          parameters.stream()
              .filter(other -> other.requiresGradient() && !other.hasArrived())
              .map(TrainedParameter::name)
              .findFirst()
              .orElse("");
      forget();
      throw new UserException(
          "Parameter %s comes again before parameter %s of the network %s has come; give the"
                  .formatted(parameter.name(), missing, network)
              + " trainer an optimizer made from its own model.");
    }
  }

  /** Brings the stepped values to where they belong, and awaits the next step. */
  void finish() {
    parameters.forEach(TrainedParameter::finish);
  }

  /** Lets go of what has arrived. */
  void forget() {
    parameters.forEach(TrainedParameter::forget);
    awaited = 0;
  }

  @Override
  public NDArray weightArray(int index) {
    return parameters.get(index).weight();
  }

  @Override
  public @Nullable NDArray gradientArray(int index) {
    return parameters.get(index).gradient();
  }

  @Override
  public MemorySegment weight(int index) {
    return parameters.get(index).weightMemory();
  }

  @Override
  public @Nullable MemorySegment gradient(int index) {
    return parameters.get(index).gradientMemory();
  }
}
