package dev.gradus.djl;

/** What happens when a loss or a gradient is infinite or not a number. */
public enum OnNotFinite {
  /** Training stops with a {@link NotFiniteException}; the last checkpoint stays as it is. */
  STOP,
  /** The step is left out and counted; training goes on with the next batch. */
  SKIP
}
