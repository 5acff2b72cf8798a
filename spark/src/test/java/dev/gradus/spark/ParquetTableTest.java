package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  private static final int ROWS = 6;
  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("x", DataTypes.LongType)
          .add("many", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("dense", new PointType())
          .add("sparse", PointType.STORED)
          .add("ill", DataTypes.DoubleType)
          .add("age", DataTypes.ShortType);

  @RegisterExtension static final LocalCluster CLUSTER = new LocalCluster();

  @TempDir Path folder;

  private static Row row(int index) {
    return RowFactory.create(
        "n" + index,
        (long) index,
        new Double[] {10.0 + index, 20.0 + index},
        new PointType.Point(30.0 + index, 40.0 + index),
        PointType.sparse(3, 1, 50.0 + index),
        index % 2.0,
        (short) (60 + index));
  }

  private static SparkSession session() {
    return SparkSession.builder().config(CLUSTER.spark().getConf()).getOrCreate();
  }

  private Path write(String name, int rows) {
    var file = folder.resolve(name);
    session()
        .createDataFrame(IntStream.range(0, rows).mapToObj(ParquetTableTest::row).toList(), SCHEMA)
        .coalesce(1)
        .write()
        .parquet(file.toUri().toString());
    return file;
  }

  private static ParquetTable open(Path file) {
    return ParquetTable.open(session(), file.toString());
  }

  private DataSet open(SparkExamples examples, WorkerPlace place) {
    var file = examples.writeTo(folder.resolve("first").toUri().toString());
    return file.copyTo(folder.resolve("there/second").toUri().toString()).open(place, 0, 0, 0);
  }

  @Test
  void readsNumbersArraysAndVectors() {
    var path = write("table", ROWS);
    var table = open(path);
    assertThat(table.columns()).containsExactly(SCHEMA.fieldNames());
    try (var place = WorkerPlace.alone()) {
      var data = open(table.examples(List.of("x", "many", "dense", "sparse"), "ill"), place);
      assertThat(data.name()).isEqualTo("parquet:" + path);
      assertThat(data.statements()).first().asString().isEqualTo("6 rows from parquet:" + path);
      assertThat(rows(data))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, ROWS).mapToObj(ParquetTableTest::expected).toList());
    }
  }

  private static List<Long> expected(int index) {
    return Stream.of(0, 10, 20, 30, 40, -index, 50, -index).map(n -> (long) n + index).toList();
  }

  private static List<List<Long>> rows(DataSet data) {
    return IntStream.range(0, data.train().size()).mapToObj(index -> row(data, index)).toList();
  }

  private static List<Long> row(DataSet data, int index) {
    var input = new float[data.train().inputLength()];
    data.train().input(index, input, 0);
    var scales = data.normalisation().scales();
    var means = data.normalisation().means();
    return IntStream.range(0, input.length)
        .mapToObj(i -> Math.round(input[i] * scales.get(i) + means.get(i)))
        .toList();
  }

  @Test
  void labelsAreClassesOrNumbersAsAsked() {
    var table = open(write("table", ROWS));
    try (var place = WorkerPlace.alone()) {
      var byType = table.examples(List.of("x"), "ill");
      assertThat(open(byType, place).task()).isInstanceOf(Task.Regression.class);
      assertThat(open(byType.classification(), place).task())
          .isEqualTo(new Task.Classification(List.of("0", "1")));
      var ages = table.examples(List.of("x"), "age");
      assertThat(open(ages, place).task().outputs()).isEqualTo(ROWS);
      var regression = open(ages.regression(), place);
      assertThat(regression.task())
          .isInstanceOfSatisfying(
              Task.Regression.class, task -> assertThat(task.means()).containsExactly(62.5));
      assertThat(target(regression.train())).isBetween(-2f, 2f);
    }
    assertRefused(
        () -> table.examples(List.of("x"), "name").regression(),
        "has the label 'name' of the type string, but a regression learns numbers.");
  }

  private static float target(Examples examples) {
    var target = new float[1];
    examples.target(0, target, 0);
    return target[0];
  }

  @Test
  void refusesInASentence() throws IOException {
    var missing = folder.resolve("missing");
    assertRefused(() -> open(missing), "There is nothing at '" + missing + "'; name a Parquet");
    var csv = Files.writeString(folder.resolve("people.csv"), "x,y\n1,2\n");
    assertRefused(() -> open(csv), "'" + csv + "' is not Parquet; name a Parquet file");
    var empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(() -> open(empty), "'" + empty + "' holds no file; name a Parquet file");
    var nothing = Files.writeString(folder.resolve("nothing"), "PAR1");
    assertRefused(() -> open(nothing), "'" + nothing + "' can't be read as Parquet: ");
    assertRefused(() -> open(Path.of("")), "the name is empty");
    assertRefused(
        () -> ParquetTable.open(session(), "nowhere:///people"),
        "'nowhere:///people' can't be read: UnsupportedFileSystemException");
    var path = write("table", ROWS);
    var table = open(path);
    assertRefused(
        () -> table.examples(List.of("x"), "il"),
        "'parquet:" + path + "' has no column 'il'; did you mean 'ill'?");
    assertRefused(
        () -> table.examples(List.of("x", "name"), "ill"),
        "'parquet:"
            + path
            + "' has the column 'name' of the type string, but features are numbers,");
    assertRefused(
        () -> table.examples(List.of("x"), "many"), "'many' of the type array<double>, but labels");
  }

  @Test
  void refusesWhatTurnsOutToBeEmptyOrDamaged() throws IOException {
    var none = open(write("none", 0)).examples(List.of("x"), "ill");
    var target = folder.resolve("target").toString();
    assertRefused(() -> none.writeTo(target), "none' has no rows to learn from.");
    var path = write("table", ROWS);
    var damaged = open(path).examples(List.of("x"), "ill");
    damage(path);
    assertRefused(
        () -> damaged.writeTo(target), "The rows of 'parquet:" + path + "' can't be read");
  }

  /** Nothing is left of its rows. */
  private static void damage(Path parquet) throws IOException {
    try (var files = Files.list(parquet)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.seek(4);
          bytes.write("no rows at all ".repeat(20).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static void assertRefused(Runnable work, String words) {
    assertThatThrownBy(work::run).isInstanceOf(UserException.class).hasMessageContaining(words);
  }
}
