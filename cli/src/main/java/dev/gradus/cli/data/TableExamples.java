package dev.gradus.cli.data;

import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.StableHash;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** Standardised rows of a table. */
final class TableExamples implements Examples {
  private final float[][] inputs;
  private final double[] targets;
  private final long[] lines;
  private final long[] contents;
  private final int columns;

  private TableExamples(
      float[][] inputs, double[] targets, long[] lines, long[] contents, int columns) {
    this.inputs = inputs;
    this.targets = targets;
    this.lines = lines;
    this.contents = contents;
    this.columns = columns;
  }

  static TableExamples of(List<CsvRow> rows, List<Standard> standards, double[] targets) {
    var inputs = rows.stream().map(row -> standardised(row, standards)).toArray(float[][]::new);
    var lines = rows.stream().mapToLong(CsvRow::line).toArray();
    var contents = rows.stream().mapToLong(row -> contents(row, standards.size())).toArray();
    return new TableExamples(inputs, targets, lines, contents, standards.size());
  }

  private static long contents(CsvRow row, int columns) {
    var inputs = IntStream.range(0, columns).mapToDouble(row::input).toArray();
    return StableHash.of(MemorySegment.ofArray(inputs));
  }

  private static float[] standardised(CsvRow row, List<Standard> standards) {
    var inputs = new float[standards.size()];
    for (int column = 0; column < inputs.length; column++) {
      inputs[column] = (float) standards.get(column).apply(row.input(column));
    }
    return inputs;
  }

  @Override
  public int size() {
    return targets.length;
  }

  @Override
  public List<Long> inputShape() {
    return List.of((long) columns);
  }

  @Override
  public List<Long> targetShape() {
    return List.of();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    System.arraycopy(inputs[index], 0, into, offset, columns);
  }

  @Override
  public void target(int index, float[] into, int offset) {
    into[offset] = (float) targets[index];
  }

  @Override
  public String identity(int index) {
    return "line " + lines[index];
  }

  @Override
  public long contents(int index) {
    return contents[index];
  }
}
