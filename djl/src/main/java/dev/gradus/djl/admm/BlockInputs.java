package dev.gradus.djl.admm;

/** At which inputs the blocks' weights are trained. */
public enum BlockInputs {
  /** The auxiliary variables as they are now. */
  CURRENT,
  /**
   * The auxiliary variables as they were when the iteration began, such as behind a forward pass:
   * with one step of them the gradients are those of back-propagation, but for a factor.
   */
  FORWARD
}
