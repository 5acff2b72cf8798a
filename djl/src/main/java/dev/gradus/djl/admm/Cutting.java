package dev.gradus.djl.admm;

import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.NetworkLayer;
import dev.gradus.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cuts a network into blocks. */
final class Cutting {
  private final Network network;
  private final List<NetworkLayer> layers;
  private final Function<NetworkLayer, Junction> junctions;

  /**
   * Cuts a network.
   *
   * @param junctions what is behind the last layer of a block
   */
  Cutting(Network network, Function<NetworkLayer, Junction> junctions) {
    this.network = network;
    this.junctions = junctions;
    layers = NetworkLayer.of(network);
  }

  /**
   * The blocks.
   *
   * @throws UserException if the network has no such layers, or a block would have no weights
   */
  List<NetworkBlock> at(Cuts cuts) {
    var starts =
        switch (cuts) {
          case Cuts.Balanced balanced -> balanced(balanced.blocks());
          case Cuts.Before before -> before(before.layers());
        };
    return IntStream.range(0, starts.size()).mapToObj(number -> block(starts, number)).toList();
  }

  private NetworkBlock block(List<Integer> starts, int number) {
    boolean last = number == starts.size() - 1;
    var own = layers.subList(starts.get(number), last ? layers.size() : starts.get(number + 1));
    if (own.stream().noneMatch(NetworkLayer::isTrained)) {
      throw new UserException(
          "Block %d of the network %s, from layer %s on, has no weights to train; leave out a cut."
              .formatted(number + 1, network.name(), own.getFirst().name()));
    }
    boolean junction = !last && own.getLast().block() instanceof JunctionLayer;
    var inner = junction ? own.subList(0, own.size() - 1) : own;
    requireGradient(inner, number + 1);
    return new NetworkBlock(number, inner, junctions.apply(own.getLast()));
  }

  private static void requireGradient(List<NetworkLayer> inner, int number) {
    for (NetworkLayer layer : inner) {
      if (layer.block() instanceof JunctionLayer) {
        throw new UserException(
            "No gradient passes the layer %s, so it can't be in the middle of block %d; let a block begin behind it."
                .formatted(layer.name(), number));
      }
    }
  }

  private List<Integer> before(List<String> names) {
    var starts = new ArrayList<Integer>();
    starts.add(0);
    for (String name : names) {
      int place = place(name);
      if (place <= starts.getLast()) {
        throw new UserException(
            "Blocks of the network %s can't begin with %s in this order; name layers behind the first in theirs: %s."
                .formatted(network.name(), String.join(", ", names), names()));
      }
      starts.add(place);
    }
    return starts;
  }

  private int place(String name) {
    for (int place = 0; place < layers.size(); place++) {
      if (layers.get(place).name().equals(name)) {
        return place;
      }
    }
    var known = layers.stream().map(NetworkLayer::name).toList();
    throw new UserException(
        "The network %s has no layer '%s' for a block to begin with%s"
            .formatted(network.name(), name, Nearest.hint(name, known)));
  }

  private String names() {
    return layers.stream().map(NetworkLayer::name).collect(Collectors.joining(", "));
  }

  private List<Integer> balanced(int blocks) {
    var starts =
        IntStream.range(1, layers.size())
            .filter(this::canBegin)
            .filter(this::isTrainedBefore)
            .map(this::behindJunction)
            .boxed()
            .toList();
    int forced = (int) starts.stream().filter(this::mustBegin).count();
    if (blocks > starts.size() + 1 || blocks <= forced) {
      throw new UserException(
          "The network %s can be cut into %d to %d blocks, but not into %d; its layers are %s."
              .formatted(network.name(), forced + 1, starts.size() + 1, blocks, names()));
    }
    return new Balance(layers, starts, this::mustBegin).of(blocks);
  }

  private boolean isTrainedBefore(int place) {
    return layers.subList(0, place).stream().anyMatch(NetworkLayer::isTrained);
  }

  /** Whether a layer has weights and is not the normalisation of the one before. */
  private boolean canBegin(int place) {
    var block = layers.get(place).block();
    return layers.get(place).isTrained()
        && !(block instanceof BatchNorm)
        && !(block instanceof LayerNorm);
  }

  /** The beginning behind the last layer that no gradient passes, if one is on the way back. */
  private int behindJunction(int place) {
    int begin = place;
    while (begin > 0 && !canBegin(begin - 1) && !mustBegin(begin)) {
      begin--;
    }
    return mustBegin(begin) ? begin : place;
  }

  /** Whether it is behind a layer that no gradient passes. */
  private boolean mustBegin(int place) {
    return place > 0 && layers.get(place - 1).block() instanceof JunctionLayer;
  }
}
