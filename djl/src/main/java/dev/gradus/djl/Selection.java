package dev.gradus.djl;

import java.util.Arrays;

/** The examples of one batch, in their order, or one worker's part of them. */
final class Selection {
  private final long epoch;
  private final int[] indices;
  private final int whole;

  Selection(long epoch, int[] indices) {
    this(epoch, indices, indices.length);
  }

  private Selection(long epoch, int[] indices, int whole) {
    this.epoch = epoch;
    this.indices = indices;
    this.whole = whole;
  }

  long epoch() {
    return epoch;
  }

  int[] indices() {
    return indices;
  }

  /** How many examples the batches of all workers have together. */
  int whole() {
    return whole;
  }

  Selection part(Range places) {
    return new Selection(epoch, Arrays.copyOfRange(indices, places.from(), places.to()), whole);
  }
}
