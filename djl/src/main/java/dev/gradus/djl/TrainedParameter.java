package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.NativeResource;
import dev.gradus.Parameter;
import dev.gradus.UserException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a DJL trainer, and what has arrived of it in the step under way.
 *
 * <p>A trainer updates a parameter once for every device. The array that comes first leads: it is
 * the one that the optimizer changes. The others, its replicas, take over its values.
 */
final class TrainedParameter {
  private final NamedParameter named;
  private final Shape shape;
  private final List<NDArray> replicas = new ArrayList<>();
  private @Nullable NDArray leader;
  private @Nullable NDArray gradient;
  private @Nullable NDArray copy;
  private boolean contiguous;

  TrainedParameter(NamedParameter named) {
    this.named = named;
    shape = named.dimensions();
  }

  String name() {
    return named.name();
  }

  String id() {
    return named.parameter().getId();
  }

  Parameter described() {
    return ParameterBinding.described(named);
  }

  /** Whether a trainer updates it at present. */
  boolean requiresGradient() {
    return named.parameter().requiresGradient();
  }

  boolean hasArrived() {
    return gradient != null;
  }

  /** Whether an array is the one that led so far. */
  boolean isLed(NDArray by) {
    return leader != null && leader.getUid().equals(by.getUid());
  }

  /** Takes the leading array and a gradient, whose numbers stay when the trainer closes it. */
  void arrive(NDArray array, NDArray given) {
    requireShape(array);
    requireShape(given);
    if (!isLed(array)) {
      requireClosed(leader);
      leader = array;
      contiguous = array.getDevice().isGpu() || !Native.copied(array);
    }
    gradient = given.flatten();
  }

  /** Takes a replica of the array that came before; the last of a step comes after it is taken. */
  void arrive(NDArray replica) {
    requireShape(replica);
    if (hasArrived()) {
      replicas.add(replica);
    } else {
      Transfer.copy(weight(), replica);
    }
  }

  private void requireClosed(@Nullable NDArray earlier) {
    if (earlier instanceof NativeResource<?> resource && !resource.isReleased()) {
      throw new UserException(
          "Parameter %s comes from two trainers that share an optimizer; give each trainer one of its own."
              .formatted(name()));
    }
  }

  private void requireShape(NDArray array) {
    if (!array.getShape().equals(shape)) {
      throw new UserException(
          "Parameter %s had the shape %s when its optimizer was made and now has %s; make a new one for the changed network."
              .formatted(name(), shape, array.getShape()));
    }
  }

  NDArray weight() {
    if (leader == null) {
      throw new IllegalStateException("Parameter " + name() + " has not arrived");
    }
    return leader;
  }

  @Nullable NDArray gradient() {
    return gradient;
  }

  /** The weight's own memory, or that of a copy if it is not contiguous. */
  MemorySegment weightMemory() {
    if (contiguous) {
      return Native.segment(weight());
    }
    if (copy == null) {
      copy = weight().flatten();
    }
    return Native.segment(copy);
  }

  @Nullable MemorySegment gradientMemory() {
    return gradient == null ? null : Native.segment(gradient);
  }

  /** Brings the stepped values to where they belong and makes the gradient zero, as DJL does. */
  void finish() {
    if (copy != null) {
      try (NDArray shaped = copy.reshape(shape)) {
        Transfer.copy(shaped, weight());
      }
    }
    replicas.forEach(replica -> Transfer.copy(weight(), replica));
    if (hasArrived()) {
      Torch.zeroGradient(weight());
    }
    forget();
  }

  /** Lets go of what has arrived. */
  void forget() {
    replicas.clear();
    close(gradient);
    gradient = null;
    close(copy);
    copy = null;
  }

  private static void close(@Nullable NDArray array) {
    if (array != null) {
      array.close();
    }
  }
}
