package dev.gradus.cli.data;

import dev.gradus.cli.data.TableOptions.Kind;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Split;
import dev.gradus.djl.data.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/** A table in a file: numbers to learn from and a label column. */
final class CsvFile implements DataReader {
  private static final int MOST_CLASSES_OF_NUMBERS = 20;

  @Override
  public DataSet read(String name, String argument, DataOptions options) {
    var file = options.places().locate(argument);
    var table = CsvTable.read(file, options.table());
    var values = table.rows().stream().map(CsvRow::label).distinct().toList();
    return kind(table, values, options.table()) == Kind.CLASSIFICATION
        ? classification(name, file, table, sorted(values), options)
        : regression(name, file, table, options);
  }

  /** Unless the user said: names and up to 20 different whole numbers are classes. */
  private static Kind kind(CsvTable table, List<String> values, TableOptions options) {
    if (options.task() != null) {
      return options.task();
    }
    boolean fewWholeNumbers =
        values.size() <= MOST_CLASSES_OF_NUMBERS && values.stream().allMatch(Numbers::isWhole);
    long numbers = table.rows().stream().map(CsvRow::label).filter(Numbers::isNumber).count();
    return fewWholeNumbers || numbers * 2 <= table.rows().size()
        ? Kind.CLASSIFICATION
        : Kind.REGRESSION;
  }

  private static List<String> sorted(List<String> values) {
    return values.stream().allMatch(Numbers::isNumber)
        ? values.stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList()
        : values.stream().sorted().toList();
  }

  private static DataSet classification(
      String name, Path file, CsvTable table, List<String> classes, DataOptions options) {
    var column = table.columns().labelName();
    TableColumns.requireClasses(file.toString(), column, classes.size());
    var labels = labels(table, classes);
    var split = Split.of(labels, options.split().testDraw(), options.split().validationDraw());
    var trainLabels = Arrays.stream(split.train()).map(index -> labels[index]).toArray();
    var weights = ClassWeights.of(trainLabels, classes.size(), options.balancedClasses());
    var targets = Arrays.stream(labels).asDoubleStream().toArray();
    var purpose =
        "classification by the column '%s' into %d classes".formatted(column, classes.size());
    return dataSet(
        name, file, purpose, table, split, targets, new Task.Classification(classes, weights));
  }

  private static int[] labels(CsvTable table, List<String> classes) {
    var numbers = new HashMap<String, Integer>();
    classes.forEach(value -> numbers.put(value, numbers.size()));
    return table.rows().stream().mapToInt(row -> numbers.getOrDefault(row.label(), -1)).toArray();
  }

  private static DataSet regression(String name, Path file, CsvTable table, DataOptions options) {
    var column = table.columns().labelName();
    var rows = table.rows();
    var split = Split.of(rows.size(), options.split().testDraw(), options.split().validationDraw());
    var values = rows.stream().mapToDouble(table.columns()::numericLabel).toArray();
    var standard = Standard.of(Arrays.stream(split.train()).mapToDouble(index -> values[index]));
    var targets = Arrays.stream(values).map(standard::apply).toArray();
    var task =
        new Task.Regression(List.of(column), List.of(standard.mean()), List.of(standard.scale()));
    var purpose = "regression of the column '" + column + "'";
    return dataSet(name, file, purpose, table, split, targets, task);
  }

  private static DataSet dataSet(
      String name,
      Path file,
      String purpose,
      CsvTable table,
      Split split,
      double[] targets,
      Task task) {
    var rows = table.rows();
    var standards =
        IntStream.range(0, table.columns().inputCount())
            .mapToObj(column -> standard(rows, column, split))
            .toList();
    var all = TableExamples.of(rows, standards, targets);
    var origin = "%,d lines from %s; %s".formatted(rows.size(), file, purpose);
    return new DataSet(
        name,
        List.of(origin, split.statement()),
        task,
        table.columns().inputNames(),
        Standard.normalisation(standards),
        all.subset(split.train()),
        all.subset(split.validation()),
        all.subset(split.test()));
  }

  private static Standard standard(List<CsvRow> rows, int column, Split split) {
    return Standard.of(
        Arrays.stream(split.train()).mapToDouble(index -> rows.get(index).input(column)));
  }
}
