package dev.gradus.spark;

import dev.gradus.djl.data.Examples;
import dev.gradus.safetensors.SafetensorsFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that lie in a file.
 *
 * @param inputs all inputs, row by row
 * @param targets all targets
 * @param width how many inputs a row has
 * @param mean what is subtracted from targets
 * @param scale what they are divided by then
 */
record MappedRows(MemorySegment inputs, MemorySegment targets, int width, double mean, double scale)
    implements Examples {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  static MappedRows of(SafetensorsFile file) {
    var inputs = file.tensor(SparkExamples.INPUTS);
    var targets = file.tensor(SparkExamples.TARGETS);
    return new MappedRows(
        inputs.data(), targets.data(), Math.toIntExact(inputs.shape().getLast()), 0, 1);
  }

  MappedRows standardised(double middle, double deviation) {
    return new MappedRows(inputs, targets, width, middle, deviation);
  }

  @Override
  public int size() {
    return Math.toIntExact(targets.byteSize() / Float.BYTES);
  }

  @Override
  public List<Long> inputShape() {
    return List.of((long) width);
  }

  @Override
  public List<Long> targetShape() {
    return List.of();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    long first = (long) index * width * Float.BYTES;
    MemorySegment.copy(inputs, FLOAT, first, into, offset, width);
  }

  @Override
  public void target(int index, float[] into, int offset) {
    into[offset] = (float) ((target(index) - mean) / scale);
  }

  /** A target as it is in the file. */
  double target(int index) {
    return targets.getAtIndex(FLOAT, index);
  }

  /** The number of each row's class. */
  int[] classes() {
    return IntStream.range(0, size()).map(row -> (int) target(row)).toArray();
  }

  @Override
  public String identity(int index) {
    return "row " + index;
  }
}
