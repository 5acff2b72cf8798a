package dev.gradus.djl.instance;

/** What has a learned number of its own. */
public enum Per {
  /** Every training instance. */
  INSTANCE,
  /** Every class. */
  CLASS,
  /** Both: an instance counts by its own number and that of its class together. */
  BOTH
}
