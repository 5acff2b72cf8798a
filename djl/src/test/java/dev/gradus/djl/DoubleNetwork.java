package dev.gradus.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A network with values in double precision in the place of its parameters. */
final class DoubleNetwork implements AutoCloseable {
  private static final long DROPOUT_SEED = 5;

  private final Network network;
  private final Loss loss = new Loss.CrossEntropy();
  private final NDManager manager;

  DoubleNetwork(Block block, List<Long> inputShape) {
    network = Network.of("double", block, Set.of());
    network.initialise(inputShape, 3);
    manager = network.newScope();
  }

  NDManager manager() {
    return manager;
  }

  NDArray array(double[] values, Shape shape) {
    return manager.create(values, shape);
  }

  NDArray random(Shape shape, long seed) {
    var random = new Random(seed);
    return array(DoubleStream.generate(random::nextGaussian).limit(shape.size()).toArray(), shape);
  }

  /** The values of all parameters as they are now. */
  List<NDArray> weights() {
    return network.parameters().stream()
        .map(named -> manager.create(doubles(named.array()), named.array().getShape()))
        .toList();
  }

  private static double[] doubles(NDArray array) {
    float[] values = array.toFloatArray();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** A direction that is 0 for what is not trained. */
  List<NDArray> direction(long seed) {
    return network.parameters().stream()
        .map(
            named -> {
              var shape = named.array().getShape();
              return named.parameter().requiresGradient()
                  ? random(shape, seed + named.name().hashCode())
                  : manager.zeros(shape, DataType.FLOAT64);
            })
        .toList();
  }

  /** The loss of each example at some weights. */
  NDArray losses(List<NDArray> weights, NDArray inputs, NDArray targets) {
    Torch.seed(DROPOUT_SEED);
    var outputs = network.block().forward(given(weights), new NDList(inputs), true);
    return loss.ofEach(outputs.singletonOrThrow(), targets);
  }

  /** The gradient of Σ factor × loss. */
  List<NDArray> gradient(List<NDArray> weights, NDArray inputs, NDArray targets, double[] factors) {
    var leaves = weights.stream().map(NDArray::duplicate).toList();
    leaves.forEach(leaf -> leaf.setRequiresGradient(true));
    try (var collector = Engine.getInstance().newGradientCollector()) {
      var losses = losses(leaves, inputs, targets);
      collector.backward(losses.mul(array(factors, losses.getShape())).sum());
    }
    return leaves.stream().map(NDArray::getGradient).toList();
  }

  double[] ghost(
      List<Block> layers,
      List<NDArray> weights,
      List<NDArray> direction,
      NDArray inputs,
      NDArray targets) {
    Torch.seed(DROPOUT_SEED);
    return new GhostPass(layers, given(weights), given(direction))
        .products(inputs, outputs -> loss.ofEach(outputs, targets));
  }

  double[] ghost(List<NDArray> weights, List<NDArray> direction, NDArray inputs, NDArray targets) {
    var layers = LayerSequence.of(network.block()).layers();
    return ghost(layers, weights, direction, inputs, targets);
  }

  private GivenValues given(List<NDArray> values) {
    var given = new GivenValues(manager, NDArray::zerosLike);
    for (int index = 0; index < values.size(); index++) {
      given.with(network.parameters().get(index).parameter(), values.get(index));
    }
    return given;
  }

  /** Weights moved along a direction. */
  static List<NDArray> moved(List<NDArray> weights, List<NDArray> direction, double distance) {
    return IntStream.range(0, weights.size())
        .mapToObj(i -> weights.get(i).add(direction.get(i).mul(distance)))
        .toList();
  }

  /** Two sets of values multiplied and added up. */
  static double inner(List<NDArray> one, List<NDArray> other) {
    return IntStream.range(0, one.size())
        .mapToDouble(i -> one.get(i).mul(other.get(i)).sum().getDouble())
        .sum();
  }

  @Override
  public void close() {
    manager.close();
    network.close();
  }
}
