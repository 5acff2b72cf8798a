package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which columns of a table are inputs and which is the label. */
final class CsvColumns {
  private static final int NO_COLUMN = -1;

  private final Path file;
  private final List<String> names;
  private final int label;
  private final int[] inputs;

  /** The columns to learn from, as the options say. */
  CsvColumns(Path file, List<String> header, TableOptions options) {
    this.file = file;
    this.names = header.stream().map(String::strip).toList();
    requireNames();
    var columns = TableColumns.of(file.toString(), names, options);
    this.label = names.indexOf(columns.label());
    this.inputs = columns.inputs().stream().mapToInt(names::indexOf).toArray();
  }

  private CsvColumns(
      Path file, List<String> header, List<String> wanted, Predicate<String> isLabel) {
    this.file = file;
    this.names = header.stream().map(String::strip).toList();
    requireNames();
    this.inputs = wanted.stream().mapToInt(this::indexOf).toArray();
    this.label =
        IntStream.range(0, names.size())
            .filter(column -> isLabel.test(names.get(column)))
            .max()
            .orElse(NO_COLUMN);
  }

  /** The columns that a network takes; the rest is not looked at. */
  static CsvColumns unlabelled(Path file, List<String> header, List<String> wanted) {
    return new CsvColumns(file, header, wanted, _ -> false);
  }

  /** The same with a label: the last column that the network does not take, or another. */
  static CsvColumns labelled(
      Path file, List<String> header, List<String> wanted, @Nullable String label) {
    var columns =
        new CsvColumns(
            file,
            header,
            wanted,
            name -> label == null ? !wanted.contains(name) : name.equals(label));
    if (columns.label == NO_COLUMN) {
      throw new UserException(
          label == null
              ? "'" + file + "' has no column with labels, which are needed to measure."
              : "'" + file + "' has no column '" + label + "'" + columns.hint(label));
    }
    return columns;
  }

  private void requireNames() {
    if (names.stream().allMatch(Numbers::isNumber)) {
      throw new UserException(
          "The first line of '" + file + "' must name the columns, but it holds only numbers.");
    }
    var seen = new HashSet<String>();
    for (int column = 0; column < names.size(); column++) {
      var name = names.get(column);
      if (name.isEmpty()) {
        throw new UserException(
            "In the first line of '%s' column %d has no name.".formatted(file, column + 1));
      }
      if (!seen.add(name)) {
        throw new UserException(
            "In the first line of '%s' two columns are named '%s'.".formatted(file, name));
      }
    }
  }

  private int indexOf(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new UserException("'" + file + "' has no column '" + name + "'" + hint(name));
    }
    return index;
  }

  private String hint(String name) {
    return Nearest.hint(name, names);
  }

  String labelName() {
    return names.get(label);
  }

  List<String> inputNames() {
    return Arrays.stream(inputs).mapToObj(names::get).toList();
  }

  int inputCount() {
    return inputs.length;
  }

  /** The row of a line; its cells must be as many as the columns, the inputs must be numbers. */
  CsvRow row(long line, List<String> cells) {
    if (cells.size() != names.size()) {
      throw new UserException(
          "In '%s' line %d has %d cells, but there are %d columns."
              .formatted(file, line, cells.size(), names.size()));
    }
    var values = new double[inputs.length];
    for (int input = 0; input < values.length; input++) {
      values[input] = number(line, inputs[input], cells.get(inputs[input]));
    }
    return new CsvRow(
        line, label == NO_COLUMN ? "" : filled(line, label, cells.get(label)), values);
  }

  /** The label of a row as a number. */
  double numericLabel(CsvRow row) {
    return number(row.line(), label, row.label());
  }

  private double number(long line, int column, String cell) {
    return Numbers.parse(filled(line, column, cell))
        .orElseThrow(() -> new UserException(where(line, column) + notANumber(cell)));
  }

  private static String notANumber(String cell) {
    return "'" + cell + "' is not a finite number; encode it as one, or leave the column out.";
  }

  private String filled(long line, int column, String cell) {
    if (cell.isBlank()) {
      throw new UserException(
          where(line, column) + "the value is missing; fill it in, or remove the line.");
    }
    return cell.strip();
  }

  private String where(long line, int column) {
    return "In '%s', line %d, column '%s': ".formatted(file, line, names.get(column));
  }
}
