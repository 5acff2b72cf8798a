package dev.gradus.equation;

/**
 * A value that an update rule keeps from step to step.
 *
 * @param name its name in checkpoints, such as {@code m}, with the label of its stage in front if
 *     it has one: {@code outer.buffer}
 * @param level how many numbers it holds
 * @param initial its value before the first step, over the weight and facts
 * @param degree the power with which it grows with the gradient: 1 for a mean of gradients, 2 for a
 *     second moment, 0 for a value that does not depend on the gradient's scale, −1 for one that is
 *     as long as the weight
 */
public record State(String name, Level level, Expression initial, int degree) {
  /**
   * The value before the step.
   *
   * @return the slot
   */
  public Slot old() {
    return Slot.of(name, level);
  }
}
