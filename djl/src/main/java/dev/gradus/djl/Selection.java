package dev.gradus.djl;

/** The examples of one batch, in their order. */
final class Selection {
  private final long epoch;
  private final int[] indices;

  Selection(long epoch, int[] indices) {
    this.epoch = epoch;
    this.indices = indices;
  }

  long epoch() {
    return epoch;
  }

  int[] indices() {
    return indices;
  }
}
