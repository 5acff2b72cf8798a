package dev.gradus.equation;

/** How a fold brings many values down to one. */
public enum Combine {
  /** The sum; 0 over nothing. */
  SUM(0),
  /** The largest; −∞ over nothing. */
  MAXIMUM(Double.NEGATIVE_INFINITY);

  private final double start;

  Combine(double start) {
    this.start = start;
  }

  /**
   * The value over nothing.
   *
   * @return where a fold starts
   */
  public double start() {
    return start;
  }

  /**
   * Takes one more value in.
   *
   * @param folded what is folded so far
   * @param value the next value
   * @return the two combined
   */
  public double apply(double folded, double value) {
    return this == SUM ? folded + value : Math.max(folded, value);
  }
}
