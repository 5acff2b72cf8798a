package dev.gradus.djl.torch;

import static java.util.Objects.requireNonNull;

import dev.gradus.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of an optimizer of ours, by parameter. */
final class OwnStates {
  /** The count of a parameter's steps. */
  static final String STEPS = "steps";

  private static final char SEPARATOR = '/';

  private final Map<String, Map<String, Tensor>> states = new LinkedHashMap<>();

  OwnStates(List<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      int end = tensor.name().indexOf(SEPARATOR);
      states
          .computeIfAbsent(tensor.name().substring(0, end), _ -> new LinkedHashMap<>())
          .put(tensor.name().substring(end + 1), tensor);
    }
  }

  /** The states of one parameter by their names. */
  Map<String, Tensor> of(String parameter) {
    return states.getOrDefault(parameter, Map.of());
  }

  /** How many steps a parameter has taken. */
  static double steps(Map<String, Tensor> states) {
    return Scalars.value(requireNonNull(states.get(STEPS)));
  }

  /** How many steps that parameter has taken that has taken the most. */
  static long mostSteps(Map<String, Tensor> states) {
    return (long)
        states.entrySet().stream()
            .filter(state -> state.getKey().endsWith(SEPARATOR + STEPS))
            .mapToDouble(state -> Scalars.value(state.getValue()))
            .max()
            .orElse(0);
  }
}
