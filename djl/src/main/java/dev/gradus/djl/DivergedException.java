package dev.gradus.djl;

/** Training stopped because something has grown without bound. */
public final class DivergedException extends NotFiniteException {
  private static final long serialVersionUID = 1L;

  DivergedException(long step, String what) {
    super(
        step,
        what,
        "and grows without bound; the last checkpoint is good: begin a new run with smaller steps"
            + " or a smaller penalty.");
  }
}
