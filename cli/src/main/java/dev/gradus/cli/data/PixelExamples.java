package dev.gradus.cli.data;

import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.StableHash;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** Labelled images kept as unsigned bytes: channel by channel, row by row. */
final class PixelExamples implements Examples {
  private static final int LARGEST_VALUE = 255;

  private final MemorySegment pixels;
  private final int[] labels;
  private final List<Long> shape;
  private final float[] values;
  private final IntFunction<String> identities;
  private final int length;

  /** Images whose byte {@code white} means 1. */
  PixelExamples(
      MemorySegment pixels,
      int white,
      int[] labels,
      List<Long> shape,
      IntFunction<String> identities) {
    this.pixels = pixels;
    this.labels = labels;
    this.shape = List.copyOf(shape);
    this.identities = identities;
    this.length = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    this.values = new float[LARGEST_VALUE + 1];
    for (int value = 0; value <= LARGEST_VALUE; value++) {
      values[value] = (float) value / white;
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<Long> inputShape() {
    return shape;
  }

  @Override
  public List<Long> targetShape() {
    return List.of();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    Objects.checkIndex(index, labels.length);
    var bytes = new byte[length];
    MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, (long) index * length, bytes, 0, length);
    for (int position = 0; position < length; position++) {
      into[offset + position] = values[Byte.toUnsignedInt(bytes[position])];
    }
  }

  @Override
  public void target(int index, float[] into, int offset) {
    into[offset] = labels[index];
  }

  @Override
  public String identity(int index) {
    return identities.apply(Objects.checkIndex(index, labels.length));
  }

  @Override
  public long contents(int index) {
    Objects.checkIndex(index, labels.length);
    return StableHash.of(pixels.asSlice((long) index * length, length));
  }
}
