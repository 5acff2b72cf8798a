package dev.gradus.spark;

import dev.gradus.UserException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * What the label column of a table stands for.
 *
 * @param table what messages call the table
 * @param column the column's name
 * @param type the column's type
 * @param meaning what its values are
 */
record RowLabels(String table, String column, DataType type, Meaning meaning) {
  /** What values are. */
  enum Meaning {
    TEXTS,
    CLASS_NUMBERS,
    NUMBERS
  }

  static RowLabels of(String table, String column, DataType type) {
    return new RowLabels(
        table,
        column,
        type,
        switch (type) {
          case StringType _, BooleanType _ -> Meaning.TEXTS;
          case FloatType _, DoubleType _, DecimalType _ -> Meaning.NUMBERS;
          case NumericType _ -> Meaning.CLASS_NUMBERS;
          default ->
              throw new UserException(
                  "%s has the label '%s' of the type %s, but labels are texts or numbers."
                      .formatted(table, column, type.simpleString()));
        });
  }

  RowLabels classification() {
    return meaning == Meaning.NUMBERS
        ? new RowLabels(table, column, type, Meaning.CLASS_NUMBERS)
        : this;
  }

  RowLabels regression() {
    if (meaning == Meaning.TEXTS) {
      throw new UserException(
          "%s has the label '%s' of the type %s, but a regression learns numbers."
              .formatted(table, column, type.simpleString()));
    }
    return new RowLabels(table, column, type, Meaning.NUMBERS);
  }

  /** The names of the classes in the order of their numbers; none if labels are numbers. */
  List<String> classes(List<RowExample> examples) {
    var order =
        meaning == Meaning.CLASS_NUMBERS
            ? Comparator.<String, BigDecimal>comparing(BigDecimal::new)
            : Comparator.<String>naturalOrder();
    return meaning == Meaning.NUMBERS
        ? List.of()
        : examples.stream().map(RowExample::label).distinct().sorted(order).toList();
  }

  /** The number of each example's class, or its label. */
  float[] targets(List<RowExample> examples) {
    var numbers = numbers(classes(examples));
    var targets = new float[examples.size()];
    for (int row = 0; row < targets.length; row++) {
      String label = examples.get(row).label();
      targets[row] =
          meaning == Meaning.NUMBERS ? Float.parseFloat(label) : numbers.getOrDefault(label, -1);
    }
    return targets;
  }

  private static Map<String, Integer> numbers(List<String> classes) {
    var numbers = new HashMap<String, Integer>();
    classes.forEach(each -> numbers.put(each, numbers.size()));
    return numbers;
  }
}
