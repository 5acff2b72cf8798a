package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Split;
import dev.gradus.djl.data.Task;
import dev.gradus.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;

/**
 * A file of examples that {@link SparkExamples} has written, for workers to open.
 *
 * @param address the file's, anything that Hadoop knows
 */
public record ExampleFile(String address) implements Serializable {
  private static final double TEST = 0.2;
  private static final double VALIDATION = 0.1;
  private static final String UNFINISHED = ".part";

  /**
   * Opens it with a fifth of the examples for the test and a tenth of the rest for validation, of
   * each class.
   *
   * @param place the worker's, which closes it
   * @return the data set, whose inputs are standardised by the examples to learn from
   * @throws UserException if the file can't be read
   */
  public DataSet open(WorkerPlace place) {
    return open(place, TEST, VALIDATION, 0);
  }

  /**
   * Opens it.
   *
   * @param place the worker's, which closes it
   * @param test how much is kept for the test, from 0 to below 1
   * @param validation how much of the rest is kept to choose on, from 0 to below 1
   * @param seed decides which examples are kept
   * @return the data set, whose inputs are standardised by the examples to learn from
   * @throws UserException if the file can't be read
   */
  public DataSet open(WorkerPlace place, double test, double validation, long seed) {
    try {
      var arena = Arena.ofShared();
      place.closeBehind(arena::close);
      var file = SafetensorsFile.open(local(place), arena);
      var rows = MappedRows.of(file);
      var classes = texts(file, SparkExamples.CLASSES);
      var testDraw = new Split.Draw.Seeded(test, seed);
      var validationDraw = new Split.Draw.Seeded(validation, seed);
      return classes.isEmpty()
          ? regression(file, rows, Split.of(rows.size(), testDraw, validationDraw))
          : dataSet(
              file,
              rows,
              new Task.Classification(classes),
              Split.of(rows.classes(), testDraw, validationDraw));
    } catch (IOException failure) {
      throw new UserException(
          "The examples in %s can't be read: %s.".formatted(address, Reasons.of(failure)), failure);
    }
  }

  private DataSet regression(SafetensorsFile file, MappedRows rows, Split split) {
    var numbers = Arrays.stream(split.train()).mapToDouble(rows::target).summaryStatistics();
    double mean = numbers.getAverage();
    double variance =
        Arrays.stream(split.train())
            .mapToDouble(row -> Math.pow(rows.target(row) - mean, 2))
            .average()
            .orElse(0);
    double scale = variance > 0 ? Math.sqrt(variance) : 1;
    var label = file.metadata().getOrDefault(SparkExamples.LABEL, "");
    var task = new Task.Regression(List.of(label), List.of(mean), List.of(scale));
    return dataSet(file, rows.standardised(mean, scale), task, split);
  }

  private DataSet dataSet(SafetensorsFile file, Examples rows, Task task, Split split) {
    var source = file.metadata().getOrDefault(SparkExamples.SOURCE, address);
    var train = rows.subset(split.train());
    var normalisation = Normalisation.measuredOn(train);
    return new DataSet(
        source,
        List.of("%,d rows from %s".formatted(rows.size(), source), split.statement()),
        task,
        texts(file, SparkExamples.COLUMNS),
        normalisation,
        normalisation.over(train),
        normalisation.over(rows.subset(split.validation())),
        normalisation.over(rows.subset(split.test())));
  }

  private static List<String> texts(SafetensorsFile file, String name) {
    var joined = file.metadata().getOrDefault(name, "");
    return joined.isEmpty() ? List.of() : List.of(joined.split(SparkExamples.BETWEEN, -1));
  }

  /** The file itself where it is on this machine, else a copy. */
  private Path local(WorkerPlace place) throws IOException {
    var source = new org.apache.hadoop.fs.Path(address);
    var files = source.getFileSystem(Hadoop.configuration());
    if (files.getScheme().equals("file")) {
      return Path.of(files.makeQualified(source).toUri().getPath());
    }
    var copy = Files.createTempFile("gradus-", ".safetensors");
    place.closeBehind(() -> delete(copy));
    files.copyToLocalFile(false, source, new org.apache.hadoop.fs.Path(copy.toUri()), true);
    return copy;
  }

  /**
   * Copies it.
   *
   * @param target an address, anything that Hadoop knows and all machines reach; a file there is
   *     replaced
   * @return the copy
   * @throws UserException if this machine has no such file, or the copy can't be written
   */
  public ExampleFile copyTo(String target) {
    try {
      var source = new org.apache.hadoop.fs.Path(address).toUri();
      upload(Path.of(source.getPath()), target);
      return new ExampleFile(target);
    } catch (IOException | FSError failure) {
      throw unwritten(target, failure);
    }
  }

  /** Hadoop tells a full disk as an error. */
  static void upload(Path local, String address) throws IOException {
    var target = new org.apache.hadoop.fs.Path(address);
    var configuration = Hadoop.configuration();
    var unfinished = target.suffix(UNFINISHED);
    target
        .getFileSystem(configuration)
        .copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(local.toUri()), unfinished);
    FileContext.getFileContext(target.toUri(), configuration)
        .rename(unfinished, target, Options.Rename.OVERWRITE);
  }

  static UserException unwritten(String address, Throwable failure) {
    return new UserException(
        "The examples can't be written to %s: %s.".formatted(address, Reasons.of(failure)),
        failure);
  }

  private static void delete(Path copy) {
    try {
      Files.delete(copy);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
