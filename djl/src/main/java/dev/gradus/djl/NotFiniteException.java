package dev.gradus.djl;

import dev.gradus.UserException;

/**
 * Training stopped because something was infinite or not a number. The weights were not touched,
 * but by earlier updates of the step if the method makes several.
 */
public sealed class NotFiniteException extends UserException permits DivergedException {
  private static final long serialVersionUID = 1L;

  /** The step that was not made, from 0. */
  private final long step;

  /** What was not finite. */
  private final String what;

  /**
   * Tells of a step.
   *
   * @param step the number of the step that was not made, from 0
   * @param what {@code "the loss"}, or {@code "the gradient of "} and the name of the parameter
   */
  public NotFiniteException(long step, String what) {
    this(
        step,
        what,
        "is not finite; the weights were not touched and the last checkpoint is good: lower the"
            + " learning rate, clip the gradient, or let such steps be skipped.");
  }

  /** In a step of several updates, of which the first may have been made. */
  static NotFiniteException betweenUpdates(long step, String what) {
    return new NotFiniteException(
        step,
        what,
        "is not finite; the last checkpoint is good: lower the learning rate, or clip the"
            + " gradient.");
  }

  /** Says what it means, behind what it happened to. */
  NotFiniteException(long step, String what, String meaning) {
    super("In step " + step + " " + what + " " + meaning);
    this.step = step;
    this.what = what;
  }

  /**
   * When it happened.
   *
   * @return the number of the step that was not made, from 0
   */
  public long step() {
    return step;
  }

  /**
   * What was not finite.
   *
   * @return {@code "the loss"}, or {@code "the gradient of "} and the name of the parameter
   */
  public String what() {
    return what;
  }
}
