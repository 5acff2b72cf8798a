package dev.gradus.cli.data;

/** One line of a table: the label as text, the inputs as numbers. */
final class CsvRow {
  private final long line;
  private final String label;
  private final double[] inputs;

  CsvRow(long line, String label, double[] inputs) {
    this.line = line;
    this.label = label;
    this.inputs = inputs;
  }

  long line() {
    return line;
  }

  String label() {
    return label;
  }

  double input(int column) {
    return inputs[column];
  }
}
