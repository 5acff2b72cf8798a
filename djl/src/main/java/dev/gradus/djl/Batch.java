package dev.gradus.djl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Some examples, ready in native memory: inputs and targets one after the other.
 *
 * <p>The memory is used again for a later batch once this one has been trained on.
 */
public final class Batch {
  private final int[] indices;
  private final MemorySegment inputs;
  private final MemorySegment targets;
  private final int whole;

  Batch(int[] indices, MemorySegment inputs, MemorySegment targets) {
    this(indices, inputs, targets, indices.length);
  }

  /** One worker's part of a batch of so many examples. */
  Batch(int[] indices, MemorySegment inputs, MemorySegment targets, int whole) {
    this.indices = indices;
    this.whole = whole;
    this.inputs = inputs;
    this.targets = targets;
  }

  /**
   * How many examples it has.
   *
   * @return 1 or more
   */
  public int size() {
    return indices.length;
  }

  /**
   * Which example of its part of the data set is at a place.
   *
   * @param place from 0 to size - 1
   * @return the example's index
   */
  public int index(int place) {
    return indices[place];
  }

  /**
   * The target of an example, or the first of them if it has several.
   *
   * @param place from 0 to size - 1
   * @return for a classification, the class number
   */
  public float target(int place) {
    return targets.getAtIndex(ValueLayout.JAVA_FLOAT, place * targetLength());
  }

  /** How many examples the batches of all workers have together. */
  int whole() {
    return whole;
  }

  MemorySegment inputs() {
    return inputs;
  }

  MemorySegment targets() {
    return targets;
  }

  /** A part of the batch, without a copy. */
  Batch part(Range places) {
    return new Batch(
        Arrays.copyOfRange(indices, places.from(), places.to()),
        slice(inputs, places),
        slice(targets, places),
        whole);
  }

  private MemorySegment slice(MemorySegment all, Range places) {
    long bytes = all.byteSize() / size();
    return all.asSlice(places.from() * bytes, places.length() * bytes);
  }

  private long targetLength() {
    return targets.byteSize() / Float.BYTES / size();
  }
}
