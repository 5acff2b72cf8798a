package dev.gradus.rule;

/** What is done about weights of 0, which no factor moves. */
public enum ZeroWeights {
  /** Nothing. */
  STUCK,
  /** Tensors of rank 0 and 1, which often start at 0, take the base's own step. */
  ADDITIVE_VECTORS,
  /** |w| is at least a thousandth of its tensor's first root mean square, or of 1 if that is 0. */
  FLOOR
}
