package dev.gradus.djl.admm;

/** How a dictionary begins. */
public enum FirstDictionary {
  /** Numbers between 0 and 1. */
  RANDOM,

  /**
   * The non-negative parts of the singular vectors of the first batch's activations, by
   * non-negative double singular value decomposition; for multiplicative updates, which leave zeros
   * alone, with the mean activation in their place (NNDSVDa).
   *
   * <p>Reference: Boutsidis and Gallopoulos, SVD Based Initialization, Pattern Recognition 41,
   * 2008.
   */
  NNDSVD
}
