package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.SafetensorsWriter;
import dev.gradus.safetensors.Tensor;
import dev.gradus.text.Nearest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
  static final String COLUMNS = "columns";
  static final String CLASSES = "classes";
  static final String BETWEEN = "\n";

  private static final String UNFINISHED = ".part";

  private final Dataset<Row> rows;
  private final List<String> features;
  private final String label;

  private SparkExamples(Dataset<Row> rows, List<String> features, String label) {
    this.rows = rows;
    this.features = List.copyOf(features);
    this.label = label;
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
    var columns = List.of(rows.columns());
    Stream.concat(features.stream(), Stream.of(label))
        .filter(name -> !columns.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UserException(
                  "The DataFrame has no column '%s'%s"
                      .formatted(name, Nearest.hint(name, columns)));
            });
    if (features.isEmpty() || features.contains(label)) {
      throw new UserException(
          "There must be features to learn from, and the label '%s' can't be one."
              .formatted(label));
    }
    return new SparkExamples(rows, features, label);
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
        upload(local, new org.apache.hadoop.fs.Path(address));
      } finally {
        Files.deleteIfExists(local);
        Files.delete(local.getParent());
      }
    } catch (IOException failure) {
      throw new UserException(
          "The examples can't be written to %s: %s.".formatted(address, Reasons.of(failure)),
          failure);
    }
    return new ExampleFile(address);
  }

  private Read read() {
    var names = Stream.concat(features.stream(), Stream.of(label));
    var chosen = rows.select(names.map(this::column).toArray(Column[]::new));
    var labels = RowLabels.of(label, rows.schema().apply(label).dataType());
    var examples = new ArrayList<RowExample>();
    chosen
        .toLocalIterator()
        .forEachRemaining(row -> examples.add(RowExample.of(row, features, labels)));
    if (examples.isEmpty()) {
      throw new UserException("The DataFrame has no rows to learn from.");
    }
    examples.sort(RowExample.ORDER);
    return new Read(labels, examples);
  }

  /** A dot in its name stands for itself, not for a field of a structure. */
  private Column column(String name) {
    return rows.col("`" + name.replace("`", "``") + "`");
  }

  /** All rows in order. */
  private record Read(RowLabels labels, List<RowExample> examples) {

    SequencedMap<String, String> metadata(List<String> features) {
      var texts = new LinkedHashMap<String, String>();
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

  private static void upload(Path local, org.apache.hadoop.fs.Path target) throws IOException {
    var configuration = Hadoop.configuration();
    var files = target.getFileSystem(configuration);
    var unfinished = target.suffix(UNFINISHED);
    files.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(local.toUri()), unfinished);
    FileContext.getFileContext(target.toUri(), configuration)
        .rename(unfinished, target, Options.Rename.OVERWRITE);
  }
}
