package dev.gradus.equation;

import java.util.Set;

/** The slots that every tensor has, and the numbers an engine must know before a step. */
public final class Facts {
  /** The weight before the step. */
  public static final Slot WEIGHT = Slot.of("weight", Level.ELEMENT);

  /** The gradient as it lies in memory. */
  public static final Slot GRADIENT = Slot.of("gradient", Level.ELEMENT);

  /** What the gradient in memory is multiplied by to give the mean: 1, or 1 ÷ (scale × count). */
  public static final Fact GRADIENT_SCALE = Fact.of("gradientScale", Level.STEP);

  /** The learning rate of the tensor's group. */
  public static final Fact LEARNING_RATE = Fact.of("learningRate", Level.STEP);

  /** The schedule's part of the learning rate. */
  public static final Fact SCHEDULE_MULTIPLIER = Fact.of("scheduleMultiplier", Level.STEP);

  /** The optimizer's count of steps, this one included. */
  public static final Fact SHARED_STEPS = Fact.of("sharedSteps", Level.STEP);

  /** The length of a row. */
  public static final Fact COLUMNS = Fact.of("columns", Level.TENSOR);

  /** What the rounding of weights draws from in this step; see {@link Format#BFLOAT16}. */
  public static final Fact ROUNDING_KEY = Fact.of("roundingKey", Level.TENSOR);

  /** The number of weights. */
  public static final Fact SIZE = Fact.of("size", Level.TENSOR);

  /** The state that counts a tensor's own steps. */
  static final State STEPS = new State("steps", Level.TENSOR, Expression.constant(0), 0);

  /** The names of slots that no rule's state can have. */
  static final Set<String> SLOTS = Set.of(WEIGHT.name(), GRADIENT.name(), STEPS.name());

  static final Expression STEPS_TAKEN = STEPS.old().plus(1);

  static final Expression SCALED_GRADIENT =
      GRADIENT_SCALE.is(1).choose(GRADIENT, GRADIENT.times(GRADIENT_SCALE));

  private Facts() {}
}
