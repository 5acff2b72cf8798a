package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.SymbolBlock;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.UserException;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The trained parameters of a network as the optimizer sees them: names, shapes, and each step the
 * native memory of weights and gradients, in place.
 *
 * <p>Frozen parameters and running statistics are not among them. A gradient is absent until the
 * first backward pass reaches its parameter; from then on one that is not reached is zero.
 */
final class ParameterBinding implements Tensors {
  private final List<NamedParameter> trained;
  private final List<NDArray> arrays;
  private final List<Parameter> parameters;
  private final MemorySegment[] weights;
  private final @Nullable MemorySegment[] gradients;

  ParameterBinding(Network network) {
    trained =
        network.parameters().stream()
            .filter(named -> named.parameter().requiresGradient())
            .toList();
    trained.forEach(Native::requireInPlace);
    arrays = trained.stream().map(NamedParameter::array).toList();
    parameters = trained.stream().map(ParameterBinding::described).toList();
    weights = new MemorySegment[trained.size()];
    gradients = new @Nullable MemorySegment[trained.size()];
    forgetGradients();
  }

  /** Gradients that were left by other computations would be added to. */
  private void forgetGradients() {
    locate();
    zeroGradients();
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** How many numbers are trained. */
  long size() {
    return arrays.stream().mapToLong(NDArray::size).sum();
  }

  /**
   * Refuses arrays that were replaced: memory of a closed array must not be touched.
   *
   * @throws UserException naming the parameter
   */
  void requireSameArrays() {
    for (int index = 0; index < weights.length; index++) {
      requireSameArray(index);
    }
  }

  /** Looks up where weights and gradients lie now; to be called after every backward pass. */
  void locate() {
    for (int index = 0; index < weights.length; index++) {
      weights[index] = Native.segment(arrays.get(index));
      gradients[index] = locateGradient(index);
    }
  }

  @Override
  public MemorySegment weight(int index) {
    return weights[index];
  }

  @Override
  public @Nullable MemorySegment gradient(int index) {
    return gradients[index];
  }

  /** A checksum of the weights of a tensor. */
  long checksum(int index) {
    var sum = new CRC32C();
    sum.update(weights[index].asByteBuffer());
    return sum.getValue();
  }

  /** Makes every gradient zero, for the next step to add to. */
  void zeroGradients() {
    for (var gradient : gradients) {
      if (gradient != null) {
        gradient.fill((byte) 0);
      }
    }
  }

  private @Nullable MemorySegment locateGradient(int index) {
    try (var handle = Torch.gradient(arrays.get(index))) {
      if (handle == null) {
        return null;
      }
      var segment = Native.segment(handle);
      requireInPlace(index, handle, segment);
      return segment;
    }
  }

  private void requireInPlace(int index, NDArray gradient, MemorySegment segment) {
    var known = gradients[index];
    boolean moved = known == null || known.address() != segment.address();
    if (moved && Native.segment(gradient).address() != segment.address()) {
      throw new UserException(
          "The gradient of parameter "
              + trained.get(index).name()
              + " is not contiguous in memory, so it cannot be read in place; make its layer's"
              + " weights contiguous.");
    }
  }

  private void requireSameArray(int index) {
    var named = trained.get(index);
    if (!named.parameter().isInitialized() || !isSame(named.array(), arrays.get(index))) {
      throw new UserException(
          "The array of parameter "
              + named.name()
              + " was replaced or closed during training; change its values in place instead.");
    }
  }

  /** Whether two handles are one; {@code equals} of an array would compare the contents. */
  private static boolean isSame(NDArray one, NDArray other) {
    return one.getUid().equals(other.getUid());
  }

  /** A parameter as groups and optimizers know it. */
  static Parameter described(NamedParameter named) {
    return new Parameter(named.name(), new Shape(named.shape()), type(named));
  }

  private static ParameterType type(NamedParameter named) {
    return switch (named.parameter().getType()) {
      case WEIGHT -> isScale(named) ? ParameterType.NORM : ParameterType.WEIGHT;
      case BIAS -> ParameterType.BIAS;
      case GAMMA, BETA -> ParameterType.NORM;
      case RUNNING_MEAN, RUNNING_VAR, OTHER -> ParameterType.OTHER;
    };
  }

  /**
   * A module that PyTorch has saved does not tell what its layers are; weights of one dimension are
   * those of normalisation layers.
   */
  private static boolean isScale(NamedParameter named) {
    return named.owner() instanceof SymbolBlock && named.shape().size() < 2;
  }
}
