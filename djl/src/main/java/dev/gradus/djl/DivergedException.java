package dev.gradus.djl;

/** Training stopped because something has grown without bound. */
public final class DivergedException extends NotFiniteException {
  private static final long serialVersionUID = 1L;

  /**
   * Tells of a step.
   *
   * @param step the number of the step that was not made, from 0
   * @param what a clause about what has grown, as {@link TrainingMethod.Running#divergence} tells
   *     it
   */
  public DivergedException(long step, String what) {
    super(
        step,
        what,
        "and grows without bound; the last checkpoint is good: begin a new run with smaller steps"
            + " or a smaller penalty.");
  }
}
