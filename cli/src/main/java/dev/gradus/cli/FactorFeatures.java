package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.djl.Activations;
import dev.gradus.djl.Network;
import dev.gradus.djl.NetworkLayer;
import dev.gradus.djl.Training;
import dev.gradus.djl.admm.Dictionary;
import dev.gradus.djl.admm.FactorLayer;
import dev.gradus.djl.data.Examples;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The features of a network that factors stand for, and the factors: those that it was trained
 * with, or others that are found afterwards.
 *
 * @param activations what computes the features
 * @param dictionary the factors
 * @param origin where they come from, in words
 */
record FactorFeatures(Activations activations, Dictionary dictionary, String origin) {
  /** From so many training examples factors are found afterwards. */
  private static final int MOST_EXAMPLES = 10_000;

  /** In so many rounds of updates. */
  private static final int ROUNDS = 300;

  /**
   * Those of a network.
   *
   * @param rank how many factors to find afterwards; nothing if the network has its own
   */
  static FactorFeatures of(Network network, @Nullable Integer rank, Examples train) {
    var layers = NetworkLayer.of(network);
    var place =
        IntStream.range(0, layers.size())
            .filter(layer -> layers.get(layer).block() instanceof FactorLayer)
            .findFirst();
    if (place.isPresent()) {
      requireNone(rank, network);
      var before = activations(network, layers.subList(0, place.getAsInt()));
      var own = (FactorLayer) layers.get(place.getAsInt()).block();
      return new FactorFeatures(before, own.dictionary(), "learned with the network");
    }
    var before = activations(network, layers.subList(0, layers.size() - 1));
    return new FactorFeatures(
        before,
        Dictionary.of(before.of(some(train)), required(rank, network), ROUNDS),
        "found afterwards in what the last layer of a network is given that was trained without");
  }

  private static Activations activations(Network network, List<NetworkLayer> layers) {
    return new Activations(network, layers, Training.DEFAULT_BATCH);
  }

  private static Examples some(Examples train) {
    int count = Math.min(MOST_EXAMPLES, train.size());
    return train.subset(
        IntStream.range(0, count).map(i -> (int) ((long) i * train.size() / count)).toArray());
  }

  private static int required(@Nullable Integer rank, Network network) {
    if (rank == null) {
      throw new UserException(
          "The network %s was trained without factors; train with --method deepfacto, or find some in its features by --rank N."
              .formatted(network.name()));
    }
    return rank;
  }

  private static void requireNone(@Nullable Integer rank, Network network) {
    if (rank != null) {
      throw new UserException(
          "The network %s has factors of its own; leave --rank out.".formatted(network.name()));
    }
  }
}
