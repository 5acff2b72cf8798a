package dev.gradus.djl;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.List;
import java.util.stream.Stream;

/**
 * A layer of a network whose layers follow one another, each taking the output of the one before.
 *
 * @param name the name that its parameters begin with
 * @param block the layer; one that is itself a sequence is taken apart, others are not
 */
public record NetworkLayer(String name, Block block) {

  /**
   * Takes a network apart.
   *
   * @param network the network
   * @return its layers from the input to the output; if it is no sequence, one
   */
  public static List<NetworkLayer> of(Network network) {
    return all("", network.block()).toList();
  }

  /**
   * Whether something in it is trained.
   *
   * @return whether a parameter gets a gradient
   */
  public boolean isTrained() {
    return weights() > 0;
  }

  /**
   * How many numbers in it are trained.
   *
   * @return 0 or more
   */
  public long weights() {
    return NamedParameter.of(block).stream()
        .filter(named -> named.parameter().requiresGradient())
        .mapToLong(named -> named.dimensions().size())
        .sum();
  }

  private static Stream<NetworkLayer> all(String name, Block block) {
    if (!(block instanceof SequentialBlock sequence) || sequence.isReturnIntermediate()) {
      return Stream.of(new NetworkLayer(name, block));
    }
    var before = name.isEmpty() ? "" : name + ".";
    var children = sequence.getChildren();
    return children.stream()
        .flatMap(
            child -> all(before + NamedParameter.layerName(child, children), child.getValue()));
  }
}
