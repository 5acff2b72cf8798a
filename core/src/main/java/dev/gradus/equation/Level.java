package dev.gradus.equation;

/**
 * How many numbers an expression stands for. Levels are listed from coarse to fine; a value of a
 * coarse level is the same for every position of a finer one.
 */
public enum Level {
  /** One number for the whole step, known before it begins: a learning rate, a step count. */
  STEP,
  /** One number folded over every tensor of the model: the global gradient norm. */
  MODEL,
  /** One number for each tensor: a trust ratio. */
  TENSOR,
  /** One number for each row of a tensor, a row being all weights of one output unit. */
  ROW,
  /** One number for each weight. */
  ELEMENT;

  /**
   * The coarsest level to which values of both levels broadcast.
   *
   * @param other the other level
   * @return the join of the two
   */
  public Level join(Level other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /**
   * Whether values of this level are a few numbers that the host computes in double, rather than
   * one number for every weight.
   *
   * @return true for every level but {@link #ELEMENT}
   */
  public boolean isScalar() {
    return this != ELEMENT;
  }
}
