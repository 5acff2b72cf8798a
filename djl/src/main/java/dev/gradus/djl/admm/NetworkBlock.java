package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.gradus.djl.Network;
import dev.gradus.djl.NetworkLayer;
import java.util.List;

/**
 * Layers of a network that are trained together.
 *
 * @param number from 0
 * @param layers those with ordinary derivatives, at least one of them with weights
 * @param junction what is behind them; without a meaning for the last block
 */
record NetworkBlock(int number, List<NetworkLayer> layers, Junction junction) {

  /** Computes its outputs in training. */
  NDArray outputs(Network network, NDArray inputs) {
    var outputs = inputs;
    for (NetworkLayer layer : layers) {
      outputs = network.forward(layer, outputs);
    }
    return outputs;
  }

  /** What the junction behind it learns. */
  Learning learning() {
    return junction.learning();
  }

  /** The trained parameters. */
  List<Parameter> parameters() {
    return layers.stream()
        .flatMap(layer -> layer.block().getParameters().values().stream())
        .filter(Parameter::requiresGradient)
        .toList();
  }

  /** The name of its first layer with weights. */
  String name() {
    return layers.stream()
        .filter(NetworkLayer::isTrained)
        .map(NetworkLayer::name)
        .findFirst()
        .orElseThrow();
  }

  /** As messages name it. */
  @Override
  public String toString() {
    return "block %d (%s)".formatted(number + 1, name());
  }
}
