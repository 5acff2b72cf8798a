package dev.gradus.djl.torch;

import static java.util.Objects.requireNonNull;

import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Lays the states of an optimizer out as PyTorch does. */
final class Export {
  private static final String LEARNING_RATE = "lr";

  private final Optimizer optimizer;
  private final Names names;
  private final OwnStates states;
  private final List<Tensor> tensors = new ArrayList<>();

  Export(Optimizer optimizer, Names names) {
    this.optimizer = optimizer;
    this.names = names;
    states = new OwnStates(optimizer.state());
  }

  OptimizerState state() {
    requireOneRule();
    var groups = new ArrayList<ParameterGroup>();
    int index = 0;
    for (var group : byOptions().entrySet()) {
      var indices = new ArrayList<Integer>();
      for (int parameter : group.getValue()) {
        write(parameter, index);
        indices.add(index++);
      }
      var members = group.getValue().stream().map(this::nameInPyTorch).toList();
      groups.add(new ParameterGroup(group.getKey(), indices, members));
    }
    return new OptimizerState(tensors, groups);
  }

  private void requireOneRule() {
    var kinds = parameters().stream().map(index -> counterpart(index).name()).distinct().toList();
    if (kinds.size() > 1) {
      throw new UserException(
          "An optimizer of PyTorch has one rule, but the groups here have %s; train with one rule to export."
              .formatted(String.join(" and ", kinds)));
    }
  }

  private Map<SortedMap<String, Object>, List<Integer>> byOptions() {
    var groups = new LinkedHashMap<SortedMap<String, Object>, List<Integer>>();
    for (int parameter : parameters()) {
      var options = new TreeMap<>(counterpart(parameter).options());
      options.put(LEARNING_RATE, optimizer.learningRate(parameter));
      groups.computeIfAbsent(options, _ -> new ArrayList<>()).add(parameter);
    }
    return groups;
  }

  private List<Integer> parameters() {
    return IntStream.range(0, optimizer.parameters().size()).boxed().toList();
  }

  private Counterpart counterpart(int parameter) {
    return Counterpart.of(optimizer.pipeline(parameter));
  }

  private String nameInPyTorch(int parameter) {
    return names.of(optimizer.parameters().get(parameter).name());
  }

  private void write(int parameter, int index) {
    var counterpart = counterpart(parameter);
    var own = states.of(optimizer.parameters().get(parameter).name());
    if (counterpart.keptFromTheStart() || OwnStates.steps(own) > 0) {
      own.forEach(
          (state, tensor) -> {
            if (counterpart.counts() || !state.equals(OwnStates.STEPS)) {
              var name = requireNonNull(counterpart.states().get(state));
              tensors.add(laidOut(OptimizerState.key(index, name), tensor));
            }
          });
    }
  }

  /** One number for a parameter is of single precision there, of double precision here. */
  private static Tensor laidOut(String name, Tensor state) {
    boolean number = state.shape().isEmpty() && state.dtype() == Dtype.F64;
    return number
        ? Scalars.single(name, Scalars.value(state))
        : new Tensor(name, state.dtype(), state.shape(), state.data());
  }
}
