package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.Examples;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Native memory for one batch, filled again and again. */
final class BatchSlot implements AutoCloseable {
  /** PyTorch's sums may depend on where data begin; so they always begin alike. */
  private static final long ALIGNMENT = 64;

  private final Examples examples;
  private final Augmentation augmentation;
  private final long seed;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment inputs;
  private final MemorySegment targets;
  private final float[] input;
  private final float[] target;

  BatchSlot(Examples examples, Augmentation augmentation, long seed, int largestBatch) {
    this.examples = examples;
    this.augmentation = augmentation;
    this.seed = seed;
    inputs = allocate(largestBatch, examples.inputLength());
    targets = allocate(largestBatch, examples.targetLength());
    input = new float[examples.inputLength()];
    target = new float[examples.targetLength()];
  }

  Batch fill(Selection selection) {
    int[] indices = selection.indices();
    for (int place = 0; place < indices.length; place++) {
      fill(place, indices[place], selection.epoch());
    }
    return new Batch(
        indices,
        used(inputs, indices.length, input),
        used(targets, indices.length, target),
        selection.whole());
  }

  private void fill(int place, int index, long epoch) {
    examples.input(index, input, 0);
    augmentation.apply(input, 0, examples.inputShape(), seed, epoch, index);
    examples.target(index, target, 0);
    write(input, inputs, place);
    write(target, targets, place);
  }

  private static void write(float[] values, MemorySegment into, int place) {
    long offset = (long) place * values.length * Float.BYTES;
    MemorySegment.copy(values, 0, into, ValueLayout.JAVA_FLOAT, offset, values.length);
  }

  private static MemorySegment used(MemorySegment all, int places, float[] one) {
    return all.asSlice(0, (long) places * one.length * Float.BYTES);
  }

  private MemorySegment allocate(int places, int length) {
    long bytes = (long) places * length * Float.BYTES;
    if (bytes > Integer.MAX_VALUE) {
      throw new UserException(
          "A batch of %d examples of %d numbers needs %d bytes, more than 2 GiB; make it smaller."
              .formatted(places, length, bytes));
    }
    return arena.allocate(bytes, ALIGNMENT);
  }

  @Override
  public void close() {
    arena.close();
  }
}
