package dev.gradus.equation;

/** How the numbers of a weight and its gradient lie in memory. States keep single precision. */
public enum Format {
  /** IEEE 754 single precision. */
  FLOAT32(4),
  /**
   * The upper 16 bits of {@link #FLOAT32}: its range with 8 bits of precision. A step computes in
   * single precision and rounds the new weight up or down at random, up with the probability that
   * makes the mean exact: steps smaller than half a unit in the last place are not lost. What is
   * drawn is a function of the parameter's name, the step and the weight's position.
   */
  BFLOAT16(2);

  private final int bytes;

  Format(int bytes) {
    this.bytes = bytes;
  }

  /** {@return the size of a number} */
  public int bytes() {
    return bytes;
  }
}
