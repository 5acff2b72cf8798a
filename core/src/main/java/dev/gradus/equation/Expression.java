package dev.gradus.equation;

import java.util.List;
import java.util.Optional;

/**
 * A pure value built from slots, facts and constants. Expressions are hash-consed: building the
 * same expression twice gives the same object, so identity is equality, shared parts are computed
 * once, and two tensors with the same equations share one plan.
 *
 * <p>The methods below are the vocabulary of rules. Each returns a new expression; none computes
 * anything. Arithmetic of constants and simple identities (a × 1, a + 0) are taken at once.
 */
public abstract sealed class Expression permits Constant, Fact, Slot, Operation, Fold, ModelFold {
  private static final int DEEPEST_SHOWN = 5;

  private final long id;
  private final Level level;
  private final List<Expression> operands;

  Expression(long id, Level level, List<Expression> operands) {
    this.id = id;
    this.level = level;
    this.operands = operands;
  }

  /**
   * {@return a number written in the rule}
   *
   * @param value any double
   */
  public static Expression constant(double value) {
    return Expressions.constant(value);
  }

  /** A number never used for another expression. */
  long id() {
    return id;
  }

  /** {@return how many numbers the expression stands for} */
  public Level level() {
    return level;
  }

  /** {@return what the expression is made of, in order; empty for a leaf} */
  public List<Expression> operands() {
    return operands;
  }

  /**
   * {@return the same kind of expression over other operands; this one for a leaf}
   *
   * @param changed as many operands as this has
   */
  public Expression withOperands(List<Expression> changed) {
    return Expressions.rebuild(this, changed);
  }

  /**
   * {@return this + other}
   *
   * @param other what to add
   */
  public Expression plus(Expression other) {
    return Expressions.operation(Operator.ADD, this, other);
  }

  /**
   * {@return this + number}
   *
   * @param number what to add
   */
  public Expression plus(double number) {
    return plus(constant(number));
  }

  /**
   * {@return this − other}
   *
   * @param other what to subtract
   */
  public Expression minus(Expression other) {
    return Expressions.operation(Operator.SUBTRACT, this, other);
  }

  /**
   * {@return this − number}
   *
   * @param number what to subtract
   */
  public Expression minus(double number) {
    return minus(constant(number));
  }

  /**
   * {@return this × other}
   *
   * @param other the factor
   */
  public Expression times(Expression other) {
    return Expressions.operation(Operator.MULTIPLY, this, other);
  }

  /**
   * {@return this × number}
   *
   * @param number the factor
   */
  public Expression times(double number) {
    return times(constant(number));
  }

  /**
   * {@return this ÷ other}
   *
   * @param other the divisor
   */
  public Expression over(Expression other) {
    return Expressions.operation(Operator.DIVIDE, this, other);
  }

  /**
   * {@return min(this, other)}
   *
   * @param other the other
   */
  public Expression minimum(Expression other) {
    return Expressions.operation(Operator.MINIMUM, this, other);
  }

  /**
   * {@return min(this, number)}
   *
   * @param number an upper bound
   */
  public Expression atMost(double number) {
    return minimum(constant(number));
  }

  /**
   * {@return max(this, other)}
   *
   * @param other the other
   */
  public Expression maximum(Expression other) {
    return Expressions.operation(Operator.MAXIMUM, this, other);
  }

  /**
   * {@return max(this, number)}
   *
   * @param number a lower bound
   */
  public Expression atLeast(double number) {
    return maximum(constant(number));
  }

  /** {@return this × this} */
  public Expression square() {
    return times(this);
  }

  /** {@return x if this is x × x} */
  public Optional<Expression> factorOfSquare() {
    return Optional.empty();
  }

  /** {@return √this} */
  public Expression squareRoot() {
    return Expressions.operation(Operator.SQUARE_ROOT, this);
  }

  /** {@return |this|} */
  public Expression absolute() {
    return Expressions.operation(Operator.ABSOLUTE, this);
  }

  /** {@return −1, 0 or 1} */
  public Expression sign() {
    return Expressions.operation(Operator.SIGN, this);
  }

  /** {@return the hyperbolic tangent of this} */
  public Expression tanh() {
    return Expressions.operation(Operator.TANH, this);
  }

  /** {@return 2 to the power this} */
  public Expression exp2() {
    return Expressions.operation(Operator.EXP2, this);
  }

  /**
   * {@return this raised to a power; scalars only}
   *
   * @param exponent the power
   */
  public Expression power(Expression exponent) {
    return Expressions.operation(Operator.POWER, this, exponent);
  }

  /**
   * {@return the remainder of this ÷ divisor; scalars only}
   *
   * @param divisor the divisor
   */
  public Expression remainder(double divisor) {
    return Expressions.operation(Operator.REMAINDER, this, constant(divisor));
  }

  /**
   * {@return 1 where this &lt; other, otherwise 0}
   *
   * @param other the bound
   */
  public Expression below(Expression other) {
    return Expressions.operation(Operator.LESS, this, other);
  }

  /**
   * {@return 1 where this &gt; number, otherwise 0}
   *
   * @param number the bound
   */
  public Expression above(double number) {
    return constant(number).below(this);
  }

  /**
   * {@return 1 where they are equal, otherwise 0}
   *
   * @param number the number
   */
  public Expression is(double number) {
    return Expressions.operation(Operator.EQUAL, this, constant(number));
  }

  /**
   * {@return a choice made by this condition}
   *
   * @param whenTrue the value where this is not 0
   * @param otherwise the value where this is 0
   */
  public Expression choose(Expression whenTrue, Expression otherwise) {
    return Expressions.operation(Operator.SELECT, this, whenTrue, otherwise);
  }

  /**
   * {@return decay × this + (1 − decay) × value: the moving average after one more value}
   *
   * @param value the new value
   * @param decay the weight of the old average, in [0, 1)
   */
  public Expression average(Expression value, double decay) {
    return value.times(1 - decay).plus(times(decay));
  }

  /**
   * {@return the sum over each row or over the tensor}
   *
   * @param to ROW or TENSOR, coarser than this expression's level
   */
  public Expression sum(Level to) {
    return Expressions.fold(Combine.SUM, this, to);
  }

  /**
   * {@return the largest value of each row or of the tensor}
   *
   * @param to ROW or TENSOR, coarser than this expression's level
   */
  public Expression largest(Level to) {
    return Expressions.fold(Combine.MAXIMUM, this, to);
  }

  /**
   * {@return √(Σ this²): the Euclidean norm of each row or of the tensor}
   *
   * @param of ROW or TENSOR
   */
  public Expression norm(Level of) {
    return square().sum(of).squareRoot();
  }

  /**
   * {@return this tensor's number summed over the model}
   *
   * @param name what the sum is called; every tensor that carries this name takes part
   */
  public Expression sumOverModel(String name) {
    return Expressions.modelFold(name, Combine.SUM, this);
  }

  /**
   * {@return the largest of the tensors' numbers}
   *
   * @param name what the maximum is called; every tensor that carries this name takes part
   */
  public Expression largestOverModel(String name) {
    return Expressions.modelFold(name, Combine.MAXIMUM, this);
  }

  /** A formula, cut off where it nests deeply. */
  @Override
  public String toString() {
    return Expressions.describe(this, DEEPEST_SHOWN);
  }
}
