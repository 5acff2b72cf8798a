package dev.gradus.djl.torch;

import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the states that PyTorch's optimizer has had of the parameters of one of ours. */
final class Import {
  private static final Set<Dtype> NUMBERS =
      EnumSet.of(Dtype.F16, Dtype.BF16, Dtype.F32, Dtype.F64, Dtype.I32, Dtype.I64);

  private final OptimizerState file;
  private final Optimizer optimizer;
  private final Names names;
  private final OwnStates own;
  private final Map<String, Tensor> taken = new HashMap<>();

  Import(OptimizerState file, Optimizer optimizer, Names names) {
    this.file = file;
    this.optimizer = optimizer;
    this.names = names;
    own = new OwnStates(optimizer.stateMemory());
  }

  /** All states under our names. */
  Map<String, Tensor> states() {
    file.groups().forEach(ParameterGroup::requireMinimising);
    var indices = indices();
    for (int parameter = 0; parameter < indices.size(); parameter++) {
      take(parameter, file.of(indices.get(parameter)));
    }
    return taken;
  }

  /** The options that are not what they were in PyTorch, such as {@code eps}. */
  SortedSet<String> otherOptions() {
    var others = new TreeSet<String>();
    var indices = indices();
    for (int parameter = 0; parameter < indices.size(); parameter++) {
      var then = optionsOf(indices.get(parameter));
      Counterpart.of(optimizer.pipeline(parameter))
          .options()
          .forEach(
              (option, now) -> {
                if (!now.equals(then.getOrDefault(option, now))) {
                  others.add("%s was %s and is %s".formatted(option, then.get(option), now));
                }
              });
    }
    return others;
  }

  private SortedMap<String, Object> optionsOf(int index) {
    return file.groups().stream()
        .filter(group -> group.indices().contains(index))
        .findFirst()
        .map(ParameterGroup::options)
        .orElse(new TreeMap<>());
  }

  /** The number in PyTorch of each of our parameters. */
  private List<Integer> indices() {
    var numbers = new HashMap<String, Integer>();
    for (ParameterGroup group : file.groups()) {
      for (int place = 0; place < group.names().size(); place++) {
        numbers.put(group.names().get(place), group.indices().get(place));
      }
    }
    return numbers.isEmpty() ? inOrder() : byName(numbers);
  }

  private List<Integer> inOrder() {
    int count = optimizer.parameters().size();
    int there = file.groups().stream().mapToInt(group -> group.indices().size()).sum();
    if (there != count) {
      throw new UserException(
          "PyTorch's optimizer has %d parameters, this one %d; make it of model.named_parameters(), so that the file tells their names."
              .formatted(there, count));
    }
    return IntStream.range(0, count).boxed().toList();
  }

  private List<Integer> byName(Map<String, Integer> numbers) {
    var wanted = optimizer.parameters().stream().map(here -> names.of(here.name())).toList();
    var missing = new TreeSet<>(wanted);
    missing.removeAll(numbers.keySet());
    var unknown = new TreeSet<>(numbers.keySet());
    wanted.forEach(unknown::remove);
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new UserException(
          "PyTorch's optimizer trained other parameters: it lacks %s and has besides %s; freeze the same ones here."
              .formatted(missing, unknown));
    }
    return wanted.stream().map(name -> numbers.getOrDefault(name, 0)).toList();
  }

  private void take(int parameter, Map<String, Tensor> there) {
    if (there.isEmpty()) {
      return;
    }
    var name = optimizer.parameters().get(parameter).name();
    var counterpart = Counterpart.of(optimizer.pipeline(parameter));
    var rest = counterpart.counted(there);
    own.of(name)
        .forEach(
            (state, here) -> {
              var known = counterpart.states().getOrDefault(state, state);
              taken.put(here.name(), like(here, required(name, known, here, rest.remove(known))));
            });
    if (!rest.isEmpty()) {
      throw new UserException(
          "PyTorch's optimizer kept %s of %s, which '%s' does not keep; train with the same rule and options."
              .formatted(rest.keySet(), names.of(name), optimizer.pipeline(parameter)));
    }
  }

  private Tensor required(String name, String state, Tensor here, @Nullable Tensor there) {
    if (there == null || !isLike(here, there)) {
      throw new UserException(
          "PyTorch's optimizer keeps %s %s of %s, but here it has %s; train the same network with the same rule and options."
              .formatted(
                  there == null ? "no" : there.dtype().name() + there.shape(),
                  state,
                  names.of(name),
                  here.dtype().name() + here.shape()));
    }
    return there;
  }

  private static boolean isLike(Tensor here, Tensor there) {
    return there.shape().equals(here.shape()) && NUMBERS.contains(there.dtype());
  }

  /** The same numbers, as wide as another tensor's. */
  private static Tensor like(Tensor here, Tensor there) {
    var single = there.inSinglePrecision();
    return here.dtype() == Dtype.F64
        ? Tensor.of(here.name(), here.shape(), doubles(single.floats()))
        : new Tensor(here.name(), Dtype.F32, here.shape(), single.data());
  }

  private static double[] doubles(float[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(index -> numbers[index]).toArray();
  }
}
