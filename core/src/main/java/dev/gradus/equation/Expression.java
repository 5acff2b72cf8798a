package dev.gradus.equation;

import java.util.List;

/**
 * A pure value built from slots, facts and constants. Expressions are hash-consed: building the
 * same expression twice gives the same object, so identity is equality, shared parts are computed
 * once, and two tensors with the same equations share one plan.
 *
 * <p>The methods below are the vocabulary of rules. Each returns a new expression; none computes
 * anything. Simple identities (a × 1, a + 0, arithmetic of constants) are taken at once.
 */
public abstract sealed class Expression {
  private final long id;
  private final Level level;
  private final List<Expression> operands;

  private Expression(long id, Level level, List<Expression> operands) {
    this.id = id;
    this.level = level;
    this.operands = operands;
  }

  /** A number written in the rule. */
  public static final class Constant extends Expression {
    private final double value;

    Constant(long id, double value) {
      super(id, Level.STEP, List.of());
      this.value = value;
    }

    /**
     * The number.
     *
     * @return the value
     */
    public double value() {
      return value;
    }
  }

  /** A number that the host knows before the step: a learning rate, the size of a tensor. */
  public static final class Fact extends Expression {
    private final String name;

    Fact(long id, String name, Level level) {
      super(id, level, List.of());
      this.name = name;
    }

    /**
     * The name under which engines ask for the number.
     *
     * @return the name
     */
    public String name() {
      return name;
    }
  }

  /** What memory holds before the step: the weight, the gradient, or a state. */
  public static final class Slot extends Expression {
    private final String name;

    Slot(long id, String name, Level level) {
      super(id, level, List.of());
      this.name = name;
    }

    /**
     * The slot's name, for a state the one it has in checkpoints.
     *
     * @return the name
     */
    public String name() {
      return name;
    }
  }

  /** An operator applied to operands. */
  public static final class Operation extends Expression {
    private final Operator operator;

    Operation(long id, Operator operator, Level level, List<Expression> operands) {
      super(id, level, operands);
      this.operator = operator;
    }

    /**
     * What is applied.
     *
     * @return the operator
     */
    public Operator operator() {
      return operator;
    }
  }

  /** Values of a finer level folded to one per row or one per tensor. */
  public static final class Fold extends Expression {
    private final Combine combine;

    Fold(long id, Combine combine, Level level, Expression operand) {
      super(id, level, List.of(operand));
      this.combine = combine;
    }

    /**
     * How values are brought together.
     *
     * @return sum or maximum
     */
    public Combine combine() {
      return combine;
    }

    /**
     * What is folded.
     *
     * @return the only operand
     */
    public Expression operand() {
      return operands().getFirst();
    }

    /**
     * Whether the fold reads a value per weight, and so costs a pass over memory.
     *
     * @return true if the operand is of level ELEMENT
     */
    public boolean readsElements() {
      return operand().level() == Level.ELEMENT;
    }
  }

  /**
   * One number per tensor folded over all tensors whose equations carry a fold of this name, in all
   * groups. The name, not the expression, says what belongs together.
   */
  public static final class ModelFold extends Expression {
    private final String name;
    private final Combine combine;

    ModelFold(long id, String name, Combine combine, Expression operand) {
      super(id, Level.MODEL, List.of(operand));
      this.name = name;
      this.combine = combine;
    }

    /**
     * The name shared by every tensor's part.
     *
     * @return the name
     */
    public String name() {
      return name;
    }

    /**
     * How the tensors' numbers are brought together.
     *
     * @return sum or maximum
     */
    public Combine combine() {
      return combine;
    }

    /**
     * This tensor's part.
     *
     * @return the only operand, at most of level TENSOR
     */
    public Expression operand() {
      return operands().getFirst();
    }
  }

  /**
   * A number.
   *
   * @param value any double
   * @return the constant
   */
  public static Expression constant(double value) {
    return Expressions.constant(value);
  }

  /**
   * A number known to the host before the step.
   *
   * @param name the fact's name
   * @param level STEP if it is the same for all tensors, TENSOR otherwise
   * @return the fact
   */
  public static Fact fact(String name, Level level) {
    return Expressions.fact(name, level);
  }

  /**
   * The value a slot has before the step.
   *
   * @param name the slot's name
   * @param level how many numbers it holds
   * @return the slot's old value
   */
  public static Slot slot(String name, Level level) {
    return Expressions.slot(name, level);
  }

  /**
   * A running number in creation order, operands before what uses them.
   *
   * @return a number unique in this JVM
   */
  public long id() {
    return id;
  }

  /**
   * How many numbers the expression stands for.
   *
   * @return the level
   */
  public Level level() {
    return level;
  }

  /**
   * What the expression is made of.
   *
   * @return the operands in order, empty for a leaf
   */
  public List<Expression> operands() {
    return operands;
  }

  /**
   * The same expression over other operands.
   *
   * @param changed as many operands as this has
   * @return the changed expression; this one for a leaf
   */
  public Expression withOperands(List<Expression> changed) {
    return Expressions.rebuild(this, changed);
  }

  /**
   * The sum of two.
   *
   * @param other what to add
   * @return this + other
   */
  public Expression plus(Expression other) {
    return Expressions.operation(Operator.ADD, this, other);
  }

  /**
   * The sum with a number.
   *
   * @param number what to add
   * @return this + number
   */
  public Expression plus(double number) {
    return plus(constant(number));
  }

  /**
   * The difference.
   *
   * @param other what to subtract
   * @return this − other
   */
  public Expression minus(Expression other) {
    return Expressions.operation(Operator.SUBTRACT, this, other);
  }

  /**
   * The difference to a number.
   *
   * @param number what to subtract
   * @return this − number
   */
  public Expression minus(double number) {
    return minus(constant(number));
  }

  /**
   * The product of two.
   *
   * @param other the factor
   * @return this × other
   */
  public Expression times(Expression other) {
    return Expressions.operation(Operator.MULTIPLY, this, other);
  }

  /**
   * The product with a number.
   *
   * @param number the factor
   * @return this × number
   */
  public Expression times(double number) {
    return times(constant(number));
  }

  /**
   * The quotient.
   *
   * @param other the divisor
   * @return this ÷ other
   */
  public Expression over(Expression other) {
    return Expressions.operation(Operator.DIVIDE, this, other);
  }

  /**
   * The smaller of two.
   *
   * @param other the other
   * @return min(this, other)
   */
  public Expression minimum(Expression other) {
    return Expressions.operation(Operator.MINIMUM, this, other);
  }

  /**
   * The smaller of this and a number.
   *
   * @param number an upper bound
   * @return min(this, number)
   */
  public Expression atMost(double number) {
    return minimum(constant(number));
  }

  /**
   * The larger of two.
   *
   * @param other the other
   * @return max(this, other)
   */
  public Expression maximum(Expression other) {
    return Expressions.operation(Operator.MAXIMUM, this, other);
  }

  /**
   * The larger of this and a number.
   *
   * @param number a lower bound
   * @return max(this, number)
   */
  public Expression atLeast(double number) {
    return maximum(constant(number));
  }

  /**
   * The square.
   *
   * @return this × this
   */
  public Expression square() {
    return times(this);
  }

  /**
   * The square root.
   *
   * @return √this
   */
  public Expression squareRoot() {
    return Expressions.operation(Operator.SQUARE_ROOT, this);
  }

  /**
   * The magnitude.
   *
   * @return |this|
   */
  public Expression absolute() {
    return Expressions.operation(Operator.ABSOLUTE, this);
  }

  /**
   * The sign.
   *
   * @return −1, 0 or 1
   */
  public Expression sign() {
    return Expressions.operation(Operator.SIGN, this);
  }

  /**
   * This raised to a power; scalars only.
   *
   * @param exponent the power
   * @return this to the exponent
   */
  public Expression power(Expression exponent) {
    return Expressions.operation(Operator.POWER, this, exponent);
  }

  /**
   * The remainder of a division; scalars only.
   *
   * @param divisor the divisor
   * @return this mod divisor
   */
  public Expression remainder(double divisor) {
    return Expressions.operation(Operator.REMAINDER, this, constant(divisor));
  }

  /**
   * Whether this is below another.
   *
   * @param other the bound
   * @return 1 where this &lt; other, otherwise 0
   */
  public Expression below(Expression other) {
    return Expressions.operation(Operator.LESS, this, other);
  }

  /**
   * Whether this is above a number.
   *
   * @param number the bound
   * @return 1 where this &gt; number, otherwise 0
   */
  public Expression above(double number) {
    return constant(number).below(this);
  }

  /**
   * Whether this equals a number.
   *
   * @param number the number
   * @return 1 where they are equal, otherwise 0
   */
  public Expression is(double number) {
    return Expressions.operation(Operator.EQUAL, this, constant(number));
  }

  /**
   * A choice made by this condition.
   *
   * @param whenTrue the value where this is not 0
   * @param otherwise the value where this is 0
   * @return the chosen value
   */
  public Expression choose(Expression whenTrue, Expression otherwise) {
    return Expressions.operation(Operator.SELECT, this, whenTrue, otherwise);
  }

  /**
   * The exponential moving average, this being the old average.
   *
   * @param value the new value
   * @param decay the weight of the old average, in [0, 1)
   * @return decay × this + (1 − decay) × value
   */
  public Expression average(Expression value, double decay) {
    return times(decay).plus(value.times(1 - decay));
  }

  /**
   * The sum over each row or over the tensor.
   *
   * @param to ROW or TENSOR, coarser than this expression's level
   * @return the sum
   */
  public Expression sum(Level to) {
    return Expressions.fold(Combine.SUM, this, to);
  }

  /**
   * The largest value of each row or of the tensor.
   *
   * @param to ROW or TENSOR, coarser than this expression's level
   * @return the maximum
   */
  public Expression largest(Level to) {
    return Expressions.fold(Combine.MAXIMUM, this, to);
  }

  /**
   * The Euclidean norm of each row or of the tensor.
   *
   * @param of ROW or TENSOR
   * @return √(Σ this²)
   */
  public Expression norm(Level of) {
    return square().sum(of).squareRoot();
  }

  /**
   * This tensor's number summed over the model.
   *
   * @param name what the sum is called; every tensor that carries this name takes part
   * @return one number for the model
   */
  public Expression sumOverModel(String name) {
    return Expressions.modelFold(name, Combine.SUM, this);
  }

  /**
   * The largest of the tensors' numbers.
   *
   * @param name what the maximum is called; every tensor that carries this name takes part
   * @return one number for the model
   */
  public Expression largestOverModel(String name) {
    return Expressions.modelFold(name, Combine.MAXIMUM, this);
  }

  /** Equal expressions are one object; hashing by id makes iteration orders repeatable. */
  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return Expressions.describe(this);
  }
}
