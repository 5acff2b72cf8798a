package dev.gradus.djl.admm;

/** What happens when steps of the auxiliary variables are so large that they grow without bound. */
public enum OnUnstable {
  /** The run ends before its first step, with a sentence that names a step size that is stable. */
  REFUSE,
  /** A stable step size is taken instead, and the run says so. */
  LOWER
}
