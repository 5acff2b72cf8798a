package dev.gradus.djl.torch;

import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The weights and running statistics of a PyTorch module: what {@code model.state_dict()} gives and
 * {@code model.load_state_dict(...)} takes, as a safetensors file.
 *
 * <pre>{@code
 * network.initialise(inputShape, 0);
 * StateDict.read(file, arena).into(network, Map.of());           // from PyTorch
 *
 * var tensors = network.tensors();
 * StateDict.of(tensors, Names.usual(tensors), steps).write(file); // to PyTorch
 * }</pre>
 *
 * @param tensors the tensors under PyTorch's names
 * @param metadata texts beside them
 */
public record StateDict(SequencedMap<String, Tensor> tensors, Map<String, String> metadata) {
  private static final Set<Dtype> REAL = EnumSet.of(Dtype.F16, Dtype.BF16, Dtype.F32, Dtype.F64);
  private static final String ORDER = "order";

  /** Copies the maps. */
  public StateDict {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    metadata = Map.copyOf(metadata);
  }

  /**
   * Reads what {@code safetensors.torch.save_file(model.state_dict(), file)} has written.
   *
   * @param file a safetensors file
   * @param arena decides how long the tensors can be read, and by which threads
   * @return what it holds
   * @throws UserException if it is a pickle, missing, unreadable or damaged
   */
  public static StateDict read(Path file, Arena arena) {
    var opened = TorchFiles.open(file, arena);
    return new StateDict(opened.tensors(), opened.metadata());
  }

  /**
   * The tensors of a network for PyTorch, with a count of batches for each batch normalisation.
   *
   * @param parameters the tensors of a network, running statistics among them; not copied
   * @param names what they are called in PyTorch
   * @param batches how many batches the running statistics have seen, at least 0
   * @return what to write
   */
  public static StateDict of(Collection<Tensor> parameters, Names names, long batches) {
    var tensors = new LinkedHashMap<String, Tensor>();
    for (Tensor tensor : parameters) {
      var name = names.of(tensor.name());
      tensors.put(name, new Tensor(name, tensor.dtype(), tensor.shape(), tensor.data()));
      if (Words.word(name).equals(Words.RUNNING_MEAN)) {
        var count = Words.joined(Words.layer(name), Words.BATCHES);
        tensors.put(count, Scalars.whole(count, batches));
      }
    }
    var metadata =
        Map.of("format", "pt", ORDER, Json.text(List.copyOf(names.inPyTorch().values())));
    return new StateDict(tensors, metadata);
  }

  /**
   * Gives a network these weights and running statistics.
   *
   * @param network one whose parameters have values already
   * @param layers PyTorch's names of layers by ours, where kinds, shapes and numbers do not tell
   *     them; see {@link Names}
   * @return which names were found to belong together
   * @throws UserException listing what is left over on both sides; nothing is changed then
   */
  public Names into(Network network, Map<String, String> layers) {
    var names = Names.matching(network.tensors(), this, layers);
    network.load(under(names));
    return names;
  }

  /**
   * The tensors under our names, in single precision.
   *
   * @param names what is called how
   * @return tensors by name
   * @throws UserException if one is missing, or not of real numbers
   */
  public SequencedMap<String, Tensor> under(Names names) {
    var ours = new LinkedHashMap<String, Tensor>();
    names
        .inPyTorch()
        .forEach(
            (here, there) -> {
              var numbers = numbers(there);
              ours.put(here, new Tensor(here, Dtype.F32, numbers.shape(), numbers.data()));
            });
    return ours;
  }

  private Tensor numbers(String name) {
    var tensor = tensor(name);
    if (!REAL.contains(tensor.dtype())) {
      throw new UserException(
          "The tensor %s in PyTorch's file is of %s; save it as F32."
              .formatted(tensor.shownName(), tensor.dtype()));
    }
    return tensor.inSinglePrecision();
  }

  /**
   * One tensor.
   *
   * @param name PyTorch's name
   * @return the tensor
   * @throws UserException if there is none of this name
   */
  public Tensor tensor(String name) {
    return Optional.ofNullable(tensors.get(name))
        .orElseThrow(() -> new UserException("PyTorch's file has no tensor " + name + "."));
  }

  /**
   * The same with more texts beside the tensors.
   *
   * @param more texts by key
   * @return the same tensors
   */
  public StateDict with(Map<String, String> more) {
    var all = new LinkedHashMap<>(metadata);
    all.putAll(more);
    return new StateDict(tensors, all);
  }

  /**
   * Refuses a file that {@link #write} could not write, before anything else is written.
   *
   * @param file the file to be
   * @throws UserException if it exists, or its folder does not
   */
  public static void requireNew(Path file) {
    TorchFiles.requireNew(file);
  }

  /**
   * Writes a new file, for {@code model.load_state_dict(safetensors.torch.load_file(file))}.
   *
   * @param file the file, which must not exist yet
   * @throws UserException if it exists or cannot be written
   */
  public void write(Path file) {
    TorchFiles.write(file, metadata, tensors.values());
  }

  /** Weights and running statistics, without counts and other whole numbers. */
  List<Tensor> parameters() {
    return tensors.values().stream().filter(tensor -> REAL.contains(tensor.dtype())).toList();
  }

  /** The names in PyTorch's order, if the file tells it. */
  List<String> order() {
    var order = metadata.get(ORDER);
    return order == null ? List.of() : Json.strings(order);
  }
}
