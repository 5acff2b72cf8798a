package dev.gradus.plan;

/** Where a tensor and its states are expected to lie between two passes. */
public enum Residence {
  /** In memory: only the floats moved cost anything. */
  MEMORY,
  /**
   * In a cache: divisions and roots cost more than moving a float, so a pass may leave the result
   * of one in scratch for the next.
   */
  CACHE
}
