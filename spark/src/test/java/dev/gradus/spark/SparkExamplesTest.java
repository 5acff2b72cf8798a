package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.compress.AdaComp;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.LocalWorkers;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SparkExamplesTest {
  private static final int ROWS = 300;

  /** Two epochs of about 216 examples in batches of 40. */
  private static final int STEPS = 12;

  private static final StructType SCHEMA =
      new StructType()
          .add("x", DataTypes.DoubleType)
          .add("many", DataTypes.createArrayType(DataTypes.FloatType))
          .add("count", DataTypes.IntegerType)
          .add("kind", DataTypes.StringType);

  @RegisterExtension static final LocalCluster CLUSTER = new LocalCluster();

  @TempDir Path folder;

  private static Row row(int index) {
    var random = new Random(index);
    double x = random.nextGaussian();
    Float[] many = {(float) random.nextGaussian(), (float) random.nextGaussian()};
    return RowFactory.create(x, many, random.nextInt(9, 12), x + many[0] > 0 ? "warm" : "cold");
  }

  private static List<Row> rows() {
    return IntStream.range(0, ROWS).mapToObj(SparkExamplesTest::row).toList();
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return session().createDataFrame(rows, SCHEMA);
  }

  private static SparkSession session() {
    return SparkSession.builder().config(CLUSTER.spark().getConf()).getOrCreate();
  }

  private static SparkExamples examples(Dataset<Row> frame) {
    return SparkExamples.of(frame, List.of("x", "many"), "kind");
  }

  private String address(String name) {
    return folder.resolve(name).toUri().toString();
  }

  /** From Parquet, and in whatever order and parts. */
  @Test
  void theSameRowsGiveTheSameFile() throws IOException {
    frame(rows()).write().parquet(address("parquet"));
    var read = session().read().parquet(address("parquet"));
    examples(frame(rows().reversed()).repartition(5)).writeTo(address("one"));
    examples(read.coalesce(1)).writeTo(address("other"));
    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("other"));
    examples(frame(rows().subList(1, ROWS))).writeTo(address("fewer"));
    assertThat(Files.mismatch(folder.resolve("one"), folder.resolve("fewer"))).isNotEqualTo(-1);
  }

  @Test
  void everyRowIsThereAsItWas() {
    try (var place = new WorkerPlace(0, 1)) {
      var data = examples(frame(rows())).writeTo(address("file")).open(place, 0, 0, 0);
      assertThat(data.task()).isEqualTo(new Task.Classification(List.of("cold", "warm")));
      assertThat(data.train().size()).isEqualTo(ROWS);
      var means = data.normalisation().means();
      var scales = data.normalisation().scales();
      for (int index = 0; index < ROWS; index++) {
        var input = input(data.train(), index);
        double sum = 0;
        for (int column = 0; column < 2; column++) {
          sum += input[column] * scales.get(column) + means.get(column);
        }
        if (Math.abs(sum) > 1e-5) {
          assertThat(target(data.train(), index)).isEqualTo(sum > 0 ? 1 : 0);
        }
      }
    }
  }

  private static float[] input(Examples examples, int index) {
    var input = new float[examples.inputLength()];
    examples.input(index, input, 0);
    return input;
  }

  private static float target(Examples examples, int index) {
    var target = new float[1];
    examples.target(index, target, 0);
    return target[0];
  }

  /** The eleventh class comes behind the ninth, and numbers are standardised. */
  @Test
  void labelsAreClassesOrNumbers() {
    try (var place = new WorkerPlace(0, 1)) {
      var counts = SparkExamples.of(frame(rows()), List.of("x"), "count");
      assertThat(counts.writeTo(address("counts")).open(place).task())
          .isEqualTo(new Task.Classification(List.of("9", "10", "11")));
      var numbers = SparkExamples.of(frame(rows()), List.of("many"), "x");
      var data = numbers.writeTo(address("numbers")).open(place, 0, 0, 0);
      assertThat(data.task()).isInstanceOf(Task.Regression.class);
      assertThat(IntStream.range(0, ROWS).mapToDouble(i -> target(data.train(), i)).average())
          .hasValueCloseTo(0.0, within(1e-6));
    }
  }

  private static Training training(WorkerPlace place, ExampleFile file) {
    var data = file.open(place);
    return training(place, data);
  }

  private static Training training(WorkerPlace place, DataSet data) {
    var network = TinyTraining.network();
    place.closeBehind(network::close);
    return Training.of(network, data)
        .group(Group.all(Rules.parse("adamp"), 1e-2))
        .batch(40)
        .epochs(2);
  }

  @Test
  void workersOfAClusterLearnFromThemWhatOthersWould() throws IOException {
    var file =
        SparkExamples.of(frame(rows()), List.of("x", "many"), "count").writeTo(address("file"));
    var checkpoints = new SharedCheckpoints(address("spark"), 0, 3600, 3, false);
    new SparkTraining(CLUSTER.spark(), place -> training(place, file))
        .compressor(new AdaComp())
        .checkpoints(checkpoints)
        .run();
    try (var place = new WorkerPlace(0, 2)) {
      var kept = Checkpoints.in(folder.resolve("local")).every(Duration.ofHours(1));
      LocalWorkers.train(2, new AdaComp(), _ -> training(place, file).checkpoints(kept));
    }
    var spark = LastCheckpoint.of(folder.resolve("spark"), STEPS);
    assertThat(spark).isNotEmpty().isEqualTo(LastCheckpoint.of(folder.resolve("local"), STEPS));
  }

  @Test
  void workersReachFileSystemsThatTheApplicationConfigures() {
    var frame = frame(rows()).withColumnRenamed("x", "x.y");
    SparkExamples.of(frame, List.of("x.y"), "kind").writeTo(address("file"));
    var elsewhere = new ExampleFile("viewfs://all" + folder.resolve("file"));
    assertThat(CLUSTER.run(_ -> Integer.toString(rows(elsewhere)))).containsOnly("300");
  }

  private static int rows(ExampleFile file) {
    try (var place = new WorkerPlace(0, 1)) {
      return file.open(place, 0, 0, 0).train().size();
    }
  }

  @Test
  void refusesInASentence() {
    assertRefused(
        () -> SparkExamples.of(frame(rows()), List.of("x"), "kid"), "did you mean 'kind'?");
    assertRefused(
        () -> SparkExamples.of(frame(rows()), List.of(), "kind"), "There must be features");
    assertRefused(
        () -> SparkExamples.of(frame(rows()), List.of("kind"), "x"),
        "The DataFrame has the column 'kind' of the type string, but features are numbers,");
    assertRefused(
        () -> SparkExamples.of(frame(rows()), List.of("x"), "many"), "labels are texts or numbers");
    var gap = RowFactory.create(null, new Float[] {1f, 2f}, 9, "warm");
    assertRefused(
        () -> examples(frame(List.of(gap))).writeTo(address("file")), "A row has 'null' in the");
    assertRefused(() -> examples(frame(List.of())).writeTo(address("file")), "has no rows");
  }

  private static void assertRefused(Runnable work, String words) {
    assertThatThrownBy(work::run).isInstanceOf(UserException.class).hasMessageContaining(words);
  }
}
