package dev.gradus.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;

/**
 * What the ghost product costs beyond central differences, and they beyond it. Both pass forward
 * twice. The ghost product also passes backward, but not into the first layer's input, and keeps
 * taps behind its layers; differences move the weights.
 *
 * <p>The constants follow measurements by {@code GhostShare} in the module bench, on a processor of
 * two cores: wherever one way was ahead by more than 2 %, they tell which. What convolutions save
 * and lose around them, such as in pools, is about even and left out.
 *
 * @param backward multiply-adds of the backward pass for a batch
 * @param taps how many layers have parameters, times the parts of a batch
 * @param weights how many numbers are moved
 */
record ProductCost(long backward, long taps, long weights) {
  /** Multiply-adds in the time in which a weight is saved, moved twice and put back. */
  private static final long MOVING = 100;

  /** Multiply-adds in the time in which PyTorch is called for one tap. */
  private static final long CALLING = 4_000_000;

  static ProductCost of(Training training, LayerSequence layers) {
    var each = new ArrayList<Long>();
    var shapes = new Shape[] {Network.batchOfOne(training.data.train().inputShape())};
    for (Block layer : layers.layers()) {
      shapes = layer.getOutputShapes(shapes);
      if (!layer.getDirectParameters().isEmpty()) {
        each.add(training.batch * shapes[0].size() * inputs(layer));
      }
    }
    long backward = each.stream().skip(1).mapToLong(cost -> cost).sum();
    return new ProductCost(
        backward, (long) training.accumulation * each.size(), weights(training.network));
  }

  /** How many products make one of a layer's outputs: the weights that belong to it. */
  private static long inputs(Block layer) {
    return layer.getDirectParameters().values().stream()
        .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
        .map(Parameter::getShape)
        .mapToLong(shape -> shape.size() / shape.get(0))
        .sum();
  }

  private static long weights(Network network) {
    return network.trained().stream().mapToLong(parameter -> parameter.shape().size()).sum();
  }

  boolean ghostIsCheaper() {
    return backward + CALLING * taps < MOVING * weights;
  }
}
