package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.djl.data.StableHash;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A row of a DataFrame.
 *
 * @param inputs its features as floats
 * @param label its label as text
 * @param hash of both
 */
record RowExample(MemorySegment inputs, String label, long hash) {
  /** The order of a file: the same for the same rows. */
  static final Comparator<RowExample> ORDER =
      Comparator.comparingLong(RowExample::hash).thenComparing(example -> example.label());

  static RowExample of(Row row, List<String> features, RowLabels labels) {
    var numbers = new ArrayList<Float>();
    for (int column = 0; column < features.size(); column++) {
      var feature = features.get(column);
      elements(row.get(column)).forEach(value -> numbers.add(number(value, feature)));
    }
    var inputs = MemorySegment.ofArray(new float[numbers.size()]);
    for (int i = 0; i < numbers.size(); i++) {
      inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, numbers.get(i));
    }
    var label = label(row.get(features.size()), labels);
    return new RowExample(
        inputs, label, StableHash.of(StableHash.of(inputs), StableHash.of(label)));
  }

  /** How many features it has. */
  int width() {
    return Math.toIntExact(inputs.byteSize() / Float.BYTES);
  }

  private static List<?> elements(Object value) {
    return switch (value) {
      case scala.collection.Seq<?> array -> CollectionConverters.asJava(array);
      case Row vector -> VectorColumn.numbers(vector);
      case null, default -> Collections.singletonList(value);
    };
  }

  private static float number(Object value, String column) {
    float number = value instanceof Number known ? known.floatValue() : Float.NaN;
    if (!Float.isFinite(number)) {
      throw new UserException(
          "A row has '%s' in the column '%s', where a finite number belongs; encode it, or leave the column or the row out."
              .formatted(value, column));
    }
    return number;
  }

  private static String label(Object value, RowLabels labels) {
    if (value == null) {
      throw new UserException(
          "A row has no label in the column '%s'; leave it out.".formatted(labels.column()));
    }
    return switch (labels.meaning()) {
      case TEXTS -> line(value);
      case CLASS_NUMBERS -> classNumber(value, labels.column());
      case NUMBERS -> Float.toString(number(value, labels.column()));
    };
  }

  /** A whole number without a point. */
  private static String classNumber(Object value, String column) {
    number(value, column);
    return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }

  private static String line(Object value) {
    if (value.toString().contains(SparkExamples.BETWEEN)) {
      throw new UserException(
          "The label '%s' has more than one line; give it a shorter name.".formatted(value));
    }
    return value.toString();
  }
}
