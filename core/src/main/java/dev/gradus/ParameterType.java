package dev.gradus;

/** What a parameter is to its network. */
public enum ParameterType {
  /** The weight of a dense layer, a convolution, a recurrent layer or an embedding. */
  WEIGHT,
  /** A bias. */
  BIAS,
  /** The scale or shift of a normalisation layer. */
  NORM,
  /** Anything else. */
  OTHER
}
