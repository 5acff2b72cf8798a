package dev.gradus.equation;

/** The slots that every tensor has, and the numbers an engine must know before a step. */
public final class Facts {
  /** The weight before the step. */
  public static final Expression.Slot WEIGHT = Expression.slot("weight", Level.ELEMENT);

  /** The gradient as it lies in memory. */
  public static final Expression.Slot GRADIENT = Expression.slot("gradient", Level.ELEMENT);

  /** What the gradient in memory is multiplied by to give the mean: 1, or 1 ÷ (scale × count). */
  public static final Expression.Fact GRADIENT_SCALE = Expression.fact("gradientScale", Level.STEP);

  /** The learning rate of the tensor's group. */
  public static final Expression.Fact LEARNING_RATE = Expression.fact("learningRate", Level.STEP);

  /** The schedule's part of the learning rate. */
  public static final Expression.Fact SCHEDULE_MULTIPLIER =
      Expression.fact("scheduleMultiplier", Level.STEP);

  /** The optimizer's count of steps, this one included. */
  public static final Expression.Fact SHARED_STEPS = Expression.fact("sharedSteps", Level.STEP);

  /** The length of a row. */
  public static final Expression.Fact COLUMNS = Expression.fact("columns", Level.TENSOR);

  /** The number of weights. */
  public static final Expression.Fact SIZE = Expression.fact("size", Level.TENSOR);

  /** The state that counts a tensor's own steps. */
  static final State STEPS = new State("steps", Level.TENSOR, Expression.constant(0), 0);

  static final Expression STEPS_TAKEN = STEPS.old().plus(1);

  static final Expression SCALED_GRADIENT =
      GRADIENT_SCALE.is(1).choose(GRADIENT, GRADIENT.times(GRADIENT_SCALE));

  private Facts() {}
}
