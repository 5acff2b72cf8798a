package dev.gradus.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lets layers compute with other values than those of their parameters. */
final class GivenValues extends ParameterStore {
  private final IdentityHashMap<Parameter, NDArray> given = new IdentityHashMap<>();
  private final UnaryOperator<NDArray> others;

  /**
   * No values yet.
   *
   * @param manager what layers may attach arrays to
   * @param others what stands for the values of a parameter for which none are given
   */
  GivenValues(NDManager manager, UnaryOperator<NDArray> others) {
    super(manager, false);
    this.others = others;
  }

  GivenValues with(Parameter parameter, NDArray values) {
    given.put(parameter, values);
    return this;
  }

  /** DJL's layers ask with null for a parameter that they do not have. */
  @Override
  @SuppressWarnings("NullAway") // DJL's class is not annotated.
  public @Nullable NDArray getValue(
      @Nullable Parameter parameter, Device device, boolean training) {
    return parameter == null
        ? null
        : given.computeIfAbsent(parameter, other -> others.apply(other.getArray()));
  }
}
