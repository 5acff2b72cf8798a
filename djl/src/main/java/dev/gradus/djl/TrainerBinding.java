package dev.gradus.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gradus.Optimizer;
import dev.gradus.Parameter;
import dev.gradus.StepReport;
import dev.gradus.UserException;
import dev.gradus.djl.array.NdArrayEngine;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The optimizer of a DJL trainer and the parameters it works on. Both are found when they are first
 * needed, because a trainer gives parameters their values after it was given its optimizer.
 */
final class TrainerBinding {
  private final TrainerOptimizerBuilder settings;
  private @Nullable Bound bound;

  /**
   * @param others parameters that were frozen
   * @param onHost whether weights are reached as memory of the host
   */
  private record Bound(
      Optimizer optimizer, TrainerStep step, List<NamedParameter> others, boolean onHost) {
    boolean isOutdated(String id, NDArray weight) {
      return step.isEmpty()
          && !step.isReplica(id, weight)
          && (onHost != isOnHost(weight.getDevice(), weight.getDataType())
              || others.stream().anyMatch(other -> other.parameter().requiresGradient()));
    }
  }

  TrainerBinding(TrainerOptimizerBuilder settings) {
    this.settings = settings;
  }

  /** What messages call the parameter of an id. */
  String nameOf(String id) {
    return parameters().stream()
        .filter(named -> named.parameter().getId().equals(id))
        .map(NamedParameter::name)
        .findFirst()
        .orElse(id);
  }

  /** Every parameter of the network, frozen ones and running statistics among them. */
  List<NamedParameter> parameters() {
    return NamedParameter.of(settings.block);
  }

  String network() {
    return settings.network;
  }

  /** Takes what a trainer hands out, and says whether the step is complete. */
  boolean arrive(String id, NDArray weight, NDArray gradient) {
    if (bound == null || bound.isOutdated(id, weight)) {
      bind(weight.getDevice());
    }
    return bound().step.arrive(id, weight, gradient);
  }

  /** Takes the step whose gradients have arrived. */
  StepReport take() {
    TrainerStep step = bound().step;
    try {
      StepReport report = bound().optimizer.step(step);
      step.finish();
      return report;
    } finally {
      step.forget();
    }
  }

  /** The optimizer; before the first step, for the devices that the parameters lie on now. */
  Optimizer optimizer() {
    if (bound == null) {
      bind(trained().getFirst().array().getDevice());
    }
    return bound().optimizer;
  }

  private Bound bound() {
    if (bound == null) {
      throw new IllegalStateException("No parameter has arrived");
    }
    return bound;
  }

  private List<NamedParameter> trained() {
    Predicate<NamedParameter> wanted = named -> named.parameter().requiresGradient();
    List<NamedParameter> trained = parameters().stream().filter(wanted).toList();
    if (trained.isEmpty()) {
      throw new UserException(
          "The network %s has no parameter to train; unfreeze one.".formatted(network()));
    }
    for (NamedParameter named : trained) {
      if (!named.parameter().isInitialized()) {
        throw new UserException(
            "Parameter %s of the network %s has no values yet; call the trainer's initialize first."
                .formatted(named.name(), network()));
      }
    }
    return trained;
  }

  private void bind(Device device) {
    List<NamedParameter> trained = trained();
    List<NamedParameter> others =
        parameters().stream().filter(named -> !named.parameter().requiresGradient()).toList();
    DataType type = trained.getFirst().array().getDataType();
    var parameters = trained.stream().map(TrainedParameter::new).toList();
    Optimizer optimizer =
        optimizer(parameters.stream().map(TrainedParameter::described).toList(), device, type);
    if (bound != null) {
      carryOver(bound.optimizer, optimizer);
      bound.optimizer.close();
    }
    var step = new TrainerStep(network(), type, parameters);
    bound = new Bound(optimizer, step, others, isOnHost(device, type));
  }

  private static void carryOver(Optimizer from, Optimizer to) {
    to.restore(
        from.steps(),
        from.state().stream().collect(Collectors.toMap(Tensor::name, state -> state)));
    to.restore(from.history());
  }

  private Optimizer optimizer(List<Parameter> parameters, Device device, DataType type) {
    var builder =
        Optimizer.of(parameters).threads(settings.threads).totalSteps(settings.totalSteps);
    var normalised = settings.normalised.orElseGet(() -> Normalised.in(settings.block));
    new Rescaling(settings.groups, network(), normalised).over(parameters).forEach(builder::group);
    if (settings.checkFinite) {
      builder.checkFinite();
    }
    if (!isOnHost(device, type)) {
      builder.engine(NdArrayEngine.on(device, wide(type)));
    }
    return builder.build();
  }

  private static boolean isOnHost(Device device, DataType type) {
    return Device.Type.CPU.equals(device.getDeviceType()) && type == DataType.FLOAT32;
  }

  /** The type to compute in: that of the weights, but not below single precision. */
  private static DataType wide(DataType type) {
    return type == DataType.FLOAT64 ? type : DataType.FLOAT32;
  }

  void close() {
    if (bound != null) {
      bound.step.forget();
      bound.optimizer.close();
    }
  }
}
