package dev.gradus.equation;

/**
 * The arithmetic of the language. Comparisons give 1 for true and 0 for false; a select takes its
 * second operand where the first is not 0 and its third otherwise.
 *
 * <p>Not-a-number in an operand makes the result not-a-number, except that a comparison with it is
 * false, a select looks at its condition alone and takes not-a-number for true, and its power 0 is
 * 1.
 */
public enum Operator {
  /** a + b. */
  ADD(2, "+"),
  /** a − b. */
  SUBTRACT(2, "−"),
  /** a × b. */
  MULTIPLY(2, "×"),
  /** a ÷ b. */
  DIVIDE(2, "÷"),
  /** The smaller of two. */
  MINIMUM(2, "min"),
  /** The larger of two. */
  MAXIMUM(2, "max"),
  /** The square root. */
  SQUARE_ROOT(1, "√"),
  /** The magnitude. */
  ABSOLUTE(1, "abs"),
  /** −1, 0 or 1; 0 for 0. */
  SIGN(1, "sign"),
  /** The hyperbolic tangent. */
  TANH(1, "tanh"),
  /** 2 to the power a. */
  EXP2(1, "exp2"),
  /** a &lt; b. */
  LESS(2, "<"),
  /** a = b. */
  EQUAL(2, "=="),
  /** b where a is not 0, otherwise c. */
  SELECT(3, "select"),
  /** a to the power b; on scalars only. */
  POWER(2, "pow"),
  /** The remainder of a divided by b, with the sign of a; on scalars only. */
  REMAINDER(2, "mod");

  private final int arity;
  private final String symbol;

  Operator(int arity, String symbol) {
    this.arity = arity;
    this.symbol = symbol;
  }

  /**
   * The number of operands.
   *
   * @return 1, 2 or 3
   */
  public int arity() {
    return arity;
  }

  /**
   * The sign or name under which formulas show the operator.
   *
   * @return the symbol
   */
  public String symbol() {
    return symbol;
  }

  /**
   * Whether the operator is defined on single numbers only, because no engine has it as a vector
   * instruction.
   *
   * @return true for {@link #POWER} and {@link #REMAINDER}
   */
  public boolean onScalarsOnly() {
    return this == POWER || this == REMAINDER;
  }

  /**
   * Applies the operator in double precision.
   *
   * @param a the first operand
   * @param b the second operand, ignored by operators of one operand
   * @param c the third operand, ignored by operators of one or two
   * @return the value
   */
  public double apply(double a, double b, double c) {
    return switch (this) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MINIMUM -> Math.min(a, b);
      case MAXIMUM -> Math.max(a, b);
      case SQUARE_ROOT -> Math.sqrt(a);
      case ABSOLUTE -> Math.abs(a);
      case SIGN -> Math.signum(a);
      case TANH -> Math.tanh(a);
      case EXP2 -> Math.pow(2, a);
      case LESS -> a < b ? 1 : 0;
      case EQUAL -> a == b ? 1 : 0;
      case SELECT -> a != 0 ? b : c;
      case POWER -> Math.pow(a, b);
      case REMAINDER -> a % b;
    };
  }
}
