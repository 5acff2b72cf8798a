package dev.gradus.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import dev.gradus.Parameter;
import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A DJL block to be trained, with the memory that its parameters live in.
 *
 * <p>Parameters are named by the path of the blocks around them, joined by dots, such as {@code
 * stage2.block1.convolution1.weight}. Not thread-safe.
 */
public final class Network implements AutoCloseable {
  private final Model model;
  private final boolean ownsModel;
  private final Set<String> normalised;
  private final NDManager manager;
  private final ParameterStore store;

  private Network(Model model, boolean ownsModel, Set<String> normalised) {
    this.model = model;
    this.ownsModel = ownsModel;
    this.normalised = Set.copyOf(normalised);
    manager = model.getNDManager();
    store = new ParameterStore(manager, false);
  }

  /**
   * A network on the CPU.
   *
   * @param name what reports and checkpoints call it; two networks of the same name and the same
   *     parameters are taken for the same
   * @param block the layers; blocks that have weights already keep them
   * @param normalised the names of the weights that feed a normalisation layer, so that their
   *     length has no effect on the output
   * @return the network, which owns its memory until it is closed
   */
  public static Network of(String name, Block block, Set<String> normalised) {
    Torch.load();
    var model = Model.newInstance(name, Device.cpu());
    model.setBlock(block);
    return new Network(model, true, normalised);
  }

  /**
   * A network on the CPU whose weights that feed a normalisation layer are found in its sequences
   * of blocks.
   *
   * @param name see {@link #of(String, Block, Set)}
   * @param block the layers
   * @return the network, which owns its memory until it is closed
   */
  public static Network of(String name, Block block) {
    return of(name, block, Normalised.in(block));
  }

  /**
   * The network of a DJL model, which keeps owning its memory; weights that feed a normalisation
   * layer are found in its sequences of blocks.
   *
   * @param model a model with a block, on the CPU
   * @return the network; closing it leaves the model as it is
   */
  public static Network of(Model model) {
    Torch.load();
    return new Network(model, false, Normalised.in(model.getBlock()));
  }

  /**
   * What reports and checkpoints call it.
   *
   * @return the name
   */
  public String name() {
    return model.getName();
  }

  /**
   * The layers.
   *
   * @return the DJL block
   */
  public Block block() {
    return model.getBlock();
  }

  /**
   * The model that holds the block, such as for its predictors.
   *
   * @return the model; a network that was not made from one closes it when it is closed
   */
  public Model model() {
    return model;
  }

  /**
   * The weights that feed a normalisation layer, so that their length has no effect on the output.
   *
   * @return names of parameters
   */
  public Set<String> normalised() {
    return normalised;
  }

  /**
   * Gives every parameter that has no values yet its initial ones.
   *
   * @param inputShape the shape of one input, without a batch dimension
   * @param seed decides the initial weights: they are a function of it and the parameters' names
   */
  public void initialise(List<Long> inputShape, long seed) {
    var empty = parameters().stream().filter(named -> !named.parameter().isInitialized()).toList();
    block().initialize(manager, DataType.FLOAT32, batchOfOne(inputShape));
    empty.forEach(named -> Initialisation.fill(named, seed));
  }

  /**
   * Takes over the values of a checkpoint.
   *
   * @param inputShape the shape of one input, without a batch dimension
   * @param saved the checkpoint's tensors by name; states of optimizers among them are ignored
   * @throws UserException if a parameter is missing there or here, or has another shape; nothing is
   *     changed then
   */
  public void load(List<Long> inputShape, Map<String, Tensor> saved) {
    initialise(inputShape, 0);
    load(saved);
  }

  /**
   * Takes over the values of a checkpoint, in a network whose parameters have values already.
   *
   * @param saved the checkpoint's tensors by name; states of optimizers among them are ignored
   * @throws UserException if a parameter is missing there or here, or has another shape; nothing is
   *     changed then
   */
  public void load(Map<String, Tensor> saved) {
    try (var arena = Arena.ofConfined()) {
      var values = ParameterValues.all(this, arena);
      var differences = Differences.ofParameters(values.present(), saved);
      if (!differences.isEmpty()) {
        throw new UserException(
            "The checkpoint is not one of the network %s: %s; build the network that was trained."
                .formatted(name(), Differences.joined(differences)));
      }
      values.read(saved);
    }
  }

  /**
   * Computes the output for a batch.
   *
   * @param input the batch; results belong to its manager
   * @param training whether layers such as dropout and batch normalisation work as in training
   * @return the one output of the block
   */
  public NDArray forward(NDArray input, boolean training) {
    return block().forward(store, new NDList(input), training).singletonOrThrow();
  }

  /**
   * Computes the output of one of its layers for a batch, as in training.
   *
   * @param layer a layer of this network
   * @param input what the layers before it make of the batch; results belong to its manager
   * @return the one output of the layer
   */
  public NDArray forward(NetworkLayer layer, NDArray input) {
    return layer.block().forward(store, new NDList(input), true).singletonOrThrow();
  }

  /** Computes the output of some of its layers, one after the other, as in use. */
  NDArray forward(List<NetworkLayer> layers, NDArray input) {
    var outputs = new NDList(input);
    for (NetworkLayer layer : layers) {
      outputs = layer.block().forward(store, outputs, false);
    }
    return outputs.singletonOrThrow();
  }

  /**
   * The names of all parameters, running statistics among them.
   *
   * @return names in the order of the layers
   */
  public List<String> parameterNames() {
    return parameters().stream().map(NamedParameter::name).toList();
  }

  /**
   * Every parameter of a network that has values: trained, frozen and running statistics.
   *
   * @return views of the network's own memory, in the order of the layers
   */
  public List<Tensor> tensors() {
    return parameters().stream().map(Native::tensor).toList();
  }

  /**
   * What an optimizer is to train.
   *
   * @return the parameters that get a gradient, in the order of the layers
   */
  public List<Parameter> trained() {
    return parameters().stream()
        .filter(named -> named.parameter().requiresGradient())
        .map(ParameterBinding::described)
        .toList();
  }

  /** Frees the memory of the parameters, if the network owns it. */
  @Override
  public void close() {
    if (ownsModel) {
      model.close();
    }
  }

  /**
   * Readies the network for some data.
   *
   * @throws UserException if its outputs do not fit the task, or there is nothing to train on
   */
  void prepare(DataSet data, long seed) {
    requireTrainable(data);
    initialise(data.train().inputShape(), seed);
    var outputs = block().getOutputShapes(new Shape[] {batchOfOne(data.train().inputShape())})[0];
    long last = outputs.get(outputs.dimension() - 1);
    if (last != data.task().outputs()) {
      throw new UserException(
          "The network %s has %d outputs, but the data set %s needs %d; change its last layer."
              .formatted(name(), last, data.name(), data.task().outputs()));
    }
  }

  private static void requireTrainable(DataSet data) {
    if (data.train().size() == 0) {
      throw new UserException("The data set " + data.name() + " has no training examples.");
    }
    if (data.task() instanceof Task.Classification && data.train().targetLength() != 1) {
      throw new UserException(
          "The data set %s has targets of %d numbers, but that of a classification is one class"
                  .formatted(data.name(), data.train().targetLength())
              + " number.");
    }
  }

  /**
   * Refuses what PyTorch cannot do: to normalise a single vector over the batch.
   *
   * @param smallest how many examples are computed at a time at least
   */
  void requireNormalisable(int smallest) {
    if (smallest == 1 && parameters().stream().anyMatch(Network::normalisesVectors)) {
      throw new UserException(
          "The network "
              + name()
              + " cannot normalise batches or parts of one example; make them larger.");
    }
  }

  private static boolean normalisesVectors(NamedParameter named) {
    return named.owner() instanceof BatchNorm layer && layer.getInputShapes()[0].dimension() == 2;
  }

  static Shape batchOfOne(List<Long> inputShape) {
    return new Shape(1).addAll(new Shape(inputShape));
  }

  List<NamedParameter> parameters() {
    return NamedParameter.of(block());
  }

  NDManager newScope() {
    return manager.newSubManager();
  }

  int arraysAlive() {
    return manager.getManagedArrays().size();
  }
}
