package dev.gradus.djl;

/** By what way the inner products of a batch with a direction are taken. */
public enum Products {
  /** The one of the two others that is the cheaper for the network and the batch. */
  CHEAPER,
  /** Two forward passes at weights moved to and fro: exact for every network. */
  DIFFERENCES,
  /**
   * One pass forward and backward as far as the layers' outputs, and once each layer with the
   * direction in the place of its parameters: exact for sequences of dense layers, convolutions,
   * layer normalisations and embeddings, refused for others.
   */
  GHOST
}
