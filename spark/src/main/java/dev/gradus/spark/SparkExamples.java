package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.SafetensorsWriter;
import dev.gradus.safetensors.Tensor;
import dev.gradus.text.Nearest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.jspecify.annotations.Nullable;

/**
 * Examples from a DataFrame: its rows are written once to a file that all workers map.
 *
 * <pre>{@code
 * var file = SparkExamples.of(rows, List.of("age", "weight"), "ill").writeTo("hdfs:///data/people");
 * new SparkTraining(spark, place -> Training.of(network(place), file.open(place))…)
 * }</pre>
 *
 * <p>A DataFrame has no order, and its rows may come in another one the next time. In the file they
 * are ordered by a hash of what is in them, so the same rows give the same file and the same
 * training to the bit, however they were partitioned.
 */
public final class SparkExamples {
  static final String INPUTS = "inputs";
  static final String TARGETS = "targets";
  static final String LABEL = "label";
  static final String SOURCE = "source";
  static final String COLUMNS = "columns";
  static final String CLASSES = "classes";
  static final String BETWEEN = "\n";

  private final Dataset<Row> rows;
  private final List<String> features;
  private final RowLabels labels;
  private final @Nullable String source;

  private SparkExamples(
      Dataset<Row> rows, List<String> features, RowLabels labels, @Nullable String source) {
    this.rows = rows;
    this.features = List.copyOf(features);
    this.labels = labels;
    this.source = source;
  }

  /**
   * Chooses columns.
   *
   * @param rows the DataFrame, such as {@code
   *     session.read().parquet("hdfs:///data/people.parquet")}
   * @param features columns of numbers, or of arrays of as many numbers in every row, in the order
   *     of the network's inputs
   * @param label what is to be learned: classes if it is a text, a truth value or a whole number,
   *     else a number
   * @return the examples, not read yet
   * @throws UserException if there is no such column, or it can't be used so
   */
  public static SparkExamples of(Dataset<Row> rows, List<String> features, String label) {
    return of(rows, features, label, null);
  }

  static SparkExamples of(
      Dataset<Row> rows, List<String> features, String label, @Nullable String source) {
    var table = source == null ? "The DataFrame" : "'" + source + "'";
    var columns = List.of(rows.columns());
    Stream.concat(features.stream(), Stream.of(label))
        .filter(name -> !columns.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UserException(
                  "%s has no column '%s'%s".formatted(table, name, Nearest.hint(name, columns)));
            });
    if (features.isEmpty() || features.contains(label)) {
      throw new UserException(
          "There must be features to learn from, and the label '%s' can't be one."
              .formatted(label));
    }
    var schema = rows.schema();
    features.forEach(name -> requireNumbers(table, name, schema.apply(name).dataType()));
    return new SparkExamples(
        rows, features, RowLabels.of(table, label, schema.apply(label).dataType()), source);
  }

  private static void requireNumbers(String table, String column, DataType type) {
    boolean numbers =
        switch (type) {
          case NumericType _ -> true;
          case ArrayType array -> array.elementType() instanceof NumericType;
          default -> VectorColumn.isStored(type);
        };
    if (!numbers) {
      throw new UserException(
          "%s has the column '%s' of the type %s, but features are numbers, or arrays or vectors of them; encode it as one, or leave the column out."
              .formatted(table, column, type.simpleString()));
    }
  }

  /**
   * Learns the label as a class, also if it is a number that is not whole.
   *
   * @return the examples, whose labels are classes
   */
  public SparkExamples classification() {
    return new SparkExamples(rows, features, labels.classification(), source);
  }

  /**
   * Learns the label as a number, also if it is whole.
   *
   * @return the examples, whose labels are numbers
   * @throws UserException if the label is a text or a truth value
   */
  public SparkExamples regression() {
    return new SparkExamples(rows, features, labels.regression(), source);
  }

  /**
   * Writes them: the driver reads all rows once, and must have memory for them.
   *
   * @param address the file's, anything that Hadoop knows and all machines reach; replaced
   * @return the file
   * @throws UserException if a row has no finite number where one belongs, or the file can't be
   *     written
   */
  public ExampleFile writeTo(String address) {
    var read = read();
    try (var arena = Arena.ofConfined()) {
      var local = Files.createTempDirectory("gradus-").resolve("examples");
      try {
        SafetensorsWriter.write(local, read.metadata(features), read.tensors(arena));
        ExampleFile.upload(local, address);
      } finally {
        Files.deleteIfExists(local);
        Files.delete(local.getParent());
      }
    } catch (IOException | FSError failure) {
      throw ExampleFile.unwritten(address, failure);
    }
    return new ExampleFile(address);
  }

  private Read read() {
    var names = Stream.concat(features.stream(), Stream.of(labels.column()));
    var chosen = rows.select(names.map(this::column).toArray(Column[]::new));
    var examples = new ArrayList<RowExample>();
    try {
      chosen
          .toLocalIterator()
          .forEachRemaining(row -> examples.add(RowExample.of(row, features, labels)));
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception failure) {
      throw new UserException(
          "The rows of %s can't be read: %s.".formatted(labels.table(), Reasons.of(failure)),
          failure);
    }
    if (examples.isEmpty()) {
      throw new UserException(labels.table() + " has no rows to learn from.");
    }
    examples.sort(RowExample.ORDER);
    return new Read(labels, examples, source);
  }

  /** A dot in its name stands for itself, not for a field of a structure. */
  private Column column(String name) {
    return rows.col("`" + name.replace("`", "``") + "`");
  }

  /** All rows in order. */
  private record Read(RowLabels labels, List<RowExample> examples, @Nullable String source) {

    SequencedMap<String, String> metadata(List<String> features) {
      var texts = new LinkedHashMap<String, String>();
      if (source != null) {
        texts.put(SOURCE, source);
      }
      texts.put(LABEL, labels.column());
      if (features.size() == width()) {
        texts.put(COLUMNS, String.join(BETWEEN, features));
      }
      texts.put(CLASSES, String.join(BETWEEN, labels.classes(examples)));
      return texts;
    }

    private int width() {
      return examples.getFirst().width();
    }

    List<Tensor> tensors(Arena arena) {
      long width = width();
      long size = examples.size();
      var inputs = arena.allocate(size * width * Float.BYTES, Float.BYTES);
      long at = 0;
      for (var example : examples) {
        requireWidth(example, width);
        inputs.asSlice(at, width * Float.BYTES).copyFrom(example.inputs());
        at += width * Float.BYTES;
      }
      return List.of(
          new Tensor(INPUTS, Dtype.F32, List.of(size, width), inputs),
          Tensor.of(TARGETS, List.of(size), labels.targets(examples)));
    }

    private static void requireWidth(RowExample example, long width) {
      if (example.width() != width) {
        throw new UserException(
            "A row has %d features and another %d; arrays must have the same length in every row."
                .formatted(example.width(), width));
      }
    }
  }
}
