package dev.gradus.djl.torch;

import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The states of an optimizer as PyTorch keeps them: tensors {@code state.INDEX.NAME} and, as JSON
 * in the metadata, {@code param_groups}, both as {@code optimizer.state_dict()} has them.
 *
 * <pre>{@code
 * OptimizerState.read(file, arena).into(optimizer, names);  // from PyTorch
 * OptimizerState.of(optimizer, names).write(file);          // to PyTorch
 * }</pre>
 *
 * <p>The rules that PyTorch has too keep the same numbers on both sides: {@code sgd}, {@code adam},
 * {@code adamw}, {@code amsgrad}, {@code nadam}, {@code radam}, {@code rmsprop}, {@code adagrad}
 * and {@code adadelta}, also behind {@code clip-norm} and {@code clip-value}. All others are
 * refused.
 */
public final class OptimizerState {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<ParameterGroup> groups;

  OptimizerState(Collection<Tensor> tensors, List<ParameterGroup> groups) {
    tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
    this.groups = List.copyOf(groups);
  }

  /**
   * Reads what Python has written, see {@code docs/pytorch.md}.
   *
   * @param file a safetensors file
   * @param arena decides how long the tensors can be read, and by which threads
   * @return what it holds
   * @throws UserException if it is a pickle, missing, unreadable, damaged or no optimizer's
   */
  public static OptimizerState read(Path file, Arena arena) {
    var opened = TorchFiles.open(file, arena);
    var groups = opened.metadata().get(ParameterGroup.METADATA);
    if (groups == null) {
      throw new UserException(
          "%s is no optimizer's state: its metadata lack %s; save them as docs/pytorch.md tells."
              .formatted(file, ParameterGroup.METADATA));
    }
    return new OptimizerState(opened.tensors().values(), ParameterGroup.read(groups));
  }

  /**
   * The present states of an optimizer.
   *
   * @param optimizer an optimizer by rules that PyTorch has
   * @param names what its parameters are called in PyTorch
   * @return what to write; states per weight are the optimizer's own memory
   * @throws UserException if PyTorch has no optimizer of these rules
   */
  public static OptimizerState of(Optimizer optimizer, Names names) {
    return new Export(optimizer, names).state();
  }

  /**
   * Makes an optimizer go on where PyTorch's was. Parameters belong together by their names, or in
   * order where PyTorch's optimizer was not told names.
   *
   * @param optimizer an optimizer by the rule that PyTorch has used
   * @param names what its parameters are called in PyTorch
   * @throws UserException naming parameters or states that differ; nothing is changed then
   */
  public void into(Optimizer optimizer, Names names) {
    var states = under(optimizer, names);
    optimizer.restore(OwnStates.mostSteps(states), states);
  }

  /**
   * The states under our names, for an optimizer whose own count of steps is to be another one.
   *
   * @param optimizer an optimizer by the rule that PyTorch has used; left as it is
   * @param names what its parameters are called in PyTorch
   * @return what {@link Optimizer#restore(long, Map)} takes
   * @throws UserException naming parameters or states that differ
   */
  public Map<String, Tensor> under(Optimizer optimizer, Names names) {
    return new Import(this, optimizer, names).states();
  }

  /**
   * The options of the rule that are not what they were in PyTorch, which may be meant.
   *
   * @param optimizer an optimizer by the rule that PyTorch has used
   * @param names what its parameters are called in PyTorch
   * @return sorted texts such as {@code weight_decay was 0.1 and is 0.0}
   * @throws UserException naming parameters that differ
   */
  public SortedSet<String> otherOptions(Optimizer optimizer, Names names) {
    return new Import(this, optimizer, names).otherOptions();
  }

  /**
   * Writes a new file.
   *
   * @param file the file, which must not exist yet
   * @throws UserException if it exists or cannot be written
   */
  public void write(Path file) {
    TorchFiles.write(
        file,
        Map.of("format", "pt", ParameterGroup.METADATA, ParameterGroup.text(groups)),
        tensors.values());
  }

  List<ParameterGroup> groups() {
    return groups;
  }

  /** The states of one parameter by PyTorch's names for them; none if it has taken no step. */
  Map<String, Tensor> of(int index) {
    var prefix = key(index, "");
    var states = new LinkedHashMap<String, Tensor>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            states.put(name.substring(prefix.length()), tensor);
          }
        });
    return states;
  }

  /** The name of a state's tensor. */
  static String key(int index, String state) {
    return "state." + index + "." + state;
  }
}
