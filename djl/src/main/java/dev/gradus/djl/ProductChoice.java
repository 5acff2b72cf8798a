package dev.gradus.djl;

import dev.gradus.UserException;
import java.util.Optional;

/**
 * The way by which a run takes its inner products: never by a stopwatch, so that a run that goes on
 * goes the same way.
 *
 * @param products differences or ghost
 * @param remark what to tell of it, if it was not asked for
 */
record ProductChoice(Products products, Optional<String> remark) {

  /**
   * Chooses.
   *
   * @param training of a network that is ready for its data
   * @throws UserException if a ghost product is asked for that would not be exact
   */
  static ProductChoice of(Training training) {
    var layers = LayerSequence.of(training.network.block());
    return switch (training.instances.products()) {
      case DIFFERENCES -> new ProductChoice(Products.DIFFERENCES, Optional.empty());
      case GHOST -> ghost(training, layers);
      case CHEAPER ->
          layers
              .obstacle()
              .map(ProductChoice::differences)
              .orElseGet(() -> cheaper(training, layers));
    };
  }

  private static ProductChoice ghost(Training training, LayerSequence layers) {
    layers
        .obstacle()
        .ifPresent(
            obstacle -> {
              throw new UserException(
                  "%s is not possible for the network %s: %s; choose products=differences."
                      .formatted(training.instances, training.network.name(), obstacle));
            });
    return new ProductChoice(Products.GHOST, Optional.empty());
  }

  private static ProductChoice differences(String obstacle) {
    return told(
        Products.DIFFERENCES,
        "central differences, not from the ghost product, because " + obstacle);
  }

  private static ProductChoice cheaper(Training training, LayerSequence layers) {
    return ProductCost.of(training, layers).ghostIsCheaper()
        ? told(Products.GHOST, "the ghost product, which is cheaper here than central differences")
        : told(
            Products.DIFFERENCES,
            "central differences, which are cheaper here than the ghost product");
  }

  private static ProductChoice told(Products products, String how) {
    return new ProductChoice(
        products, Optional.of("Inner products of gradients come from " + how + "."));
  }
}
