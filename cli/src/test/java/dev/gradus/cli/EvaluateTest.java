package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.Trained;
import dev.gradus.djl.model.Models;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that use the network of a finished run. */
class EvaluateTest {
  private static final int ROWS = 200;

  @TempDir static Path temporary;

  private static Path run(String name) {
    return temporary.resolve(name);
  }

  private static Path file(String name) {
    return temporary.resolve(name);
  }

  /** y = 3 × a − 2 × b, and the same rounded to a name. */
  private static List<double[]> rows() {
    var random = new Random(1);
    return Stream.generate(() -> new double[] {random.nextInt(100), random.nextInt(100)})
        .limit(ROWS)
        .toList();
  }

  private static void write(Path file, String header, Function<double[], String> row)
      throws IOException {
    Files.writeString(
        file, rows().stream().map(row).collect(Collectors.joining("\n", header + "\n", "\n")));
  }

  private static double y(double[] row) {
    return 3 * row[0] - 2 * row[1];
  }

  @BeforeAll
  static void train() throws IOException {
    write(file("numbers.csv"), "a,b,y", row -> row[0] + "," + row[1] + "," + (y(row) + 0.5));
    write(
        file("names.csv"),
        "a,b,sign",
        row -> row[0] + "," + row[1] + (y(row) > 0 ? ",up" : ",down"));
    train("digits", "--data=digits", "--model=mlp(width=16)");
    train("numbers", "--data=csv:" + file("numbers.csv"), "--best-by=r2");
    train("names", "--data=csv:" + file("names.csv"));
  }

  private static void train(String name, String... arguments) {
    var usual = Stream.of("train", "--epochs=3", "--out=" + run(name));
    var trained = Invocation.of(Stream.concat(usual, Stream.of(arguments)).toArray(String[]::new));
    assertThat(trained.code()).describedAs(trained.err()).isZero();
  }

  @Test
  void theTestPartMeasuresAsInTheRun() throws IOException {
    for (String name : List.of("digits", "numbers", "names")) {
      var evaluated = Invocation.of("evaluate", run(name).toString(), "--json");
      assertThat(evaluated.code()).describedAs(evaluated.err()).isZero();
      var metrics = new JsonMapper().readTree(evaluated.out());
      var told = Result.read(new RunFiles(run(name))).test();
      assertThat(told).isNotEmpty();
      told.forEach(
          (metric, value) -> assertThat(metrics.get(metric).doubleValue()).isEqualTo(value));
    }
  }

  @Test
  void theBestCheckpointIsThatOfTheBestValidation() throws IOException {
    var arguments = List.of("evaluate", run("digits").toString(), "--part=validation", "--json");
    var evaluated = Invocation.of(arguments.toArray(String[]::new));
    double loss = new JsonMapper().readTree(evaluated.out()).get("loss").doubleValue();
    assertThat(loss)
        .isEqualTo(Result.read(new RunFiles(run("digits"))).validation().getOrDefault("loss", 0.0));
  }

  @Test
  void newTablesAreReadByTheNamesOfTheirColumns() throws IOException {
    write(file("moved.csv"), "id,sign,b,a", row -> "7," + sign(row) + "," + row[1] + "," + row[0]);
    var moved = evaluate("names", "--data=csv:" + file("moved.csv"), "--label=sign");
    var same = evaluate("names", "--data=csv:" + file("names.csv"));
    assertThat(moved.out()).isEqualTo(same.out()).contains("accuracy");
  }

  private static String sign(double[] row) {
    return y(row) > 0 ? "up" : "down";
  }

  private static Invocation evaluate(String name, String... arguments) {
    var usual = Stream.of("evaluate", run(name).toString());
    return Invocation.of(Stream.concat(usual, Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void answersNeedNoLabels() throws IOException {
    write(file("bare.csv"), "b,a", row -> row[1] + "," + row[0]);
    var bare = predict("names", "--data=csv:" + file("bare.csv"));
    var own = predict("names", "--data=csv:" + file("names.csv"));
    assertThat(bare.out()).isEqualTo(own.out());
    assertThat(bare.out().lines()).hasSize(ROWS + 1);
    assertThat(bare.out().lines().findFirst())
        .contains("example,prediction,probability of down,probability of up");
    bare.out().lines().skip(1).forEach(EvaluateTest::requireProbabilities);
  }

  private static Invocation predict(String name, String... arguments) {
    var usual = Stream.of("predict", run(name).toString());
    return Invocation.of(Stream.concat(usual, Stream.of(arguments)).toArray(String[]::new));
  }

  private static void requireProbabilities(String line) {
    var cells = line.split(",", -1);
    double down = Double.parseDouble(cells[2]);
    double up = Double.parseDouble(cells[3]);
    assertThat(down + up).isCloseTo(1, within(1e-6));
    assertThat(cells[1]).isEqualTo(up > down ? "up" : "down");
  }

  /** The root of the mean square of answers less labels is the run's own figure. */
  @Test
  void numbersAreInTheUnitOfTheLabels() throws IOException {
    var answers = predict("numbers", "--data=csv:" + file("numbers.csv")).out().lines().skip(1);
    var labels = rows().stream().map(row -> y(row) + 0.5).iterator();
    double mean =
        answers
            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]) - labels.next())
            .map(error -> error * error)
            .average()
            .orElseThrow();
    var told = evaluate("numbers", "--data=csv:" + file("numbers.csv"), "--json").out();
    double rmse = new JsonMapper().readTree(told).get("rmse").doubleValue();
    assertThat(Math.sqrt(mean)).isCloseTo(rmse, within(1e-4 * rmse));
  }

  @Test
  void whatDoesNotFitIsToldInOneSentence() throws IOException {
    write(file("other.csv"), "a,c", row -> row[0] + "," + row[1]);
    write(file("bare.csv"), "b,a", row -> row[1] + "," + row[0]);
    assertMistake(predict("names", "--data=csv:" + file("other.csv")), "has no column 'b'");
    assertMistake(
        evaluate("names", "--data=csv:" + file("bare.csv")),
        "has no column with labels, which are needed");
    assertMistake(
        predict("digits", "--data=csv:" + file("names.csv")), "was not trained on a table");
    write(file("strange.csv"), "a,b,sign", row -> row[0] + "," + row[1] + ",sideways");
    assertMistake(
        evaluate("names", "--data=csv:" + file("strange.csv")),
        "line 2, the column 'sign' has the label 'sideways', which the network does not know.");
    assertMistake(predict("digits", "--data=text:x"), "New data are csv:FILE or images:");
    assertMistake(predict("nowhere"), "does not exist");
    assertMistake(evaluate("digits", "--checkpoint=last"), "is one of best, newest, not 'last'");
  }

  private static void assertMistake(Invocation refused, String part) {
    assertThat(refused.code()).isEqualTo(Gradus.USER_MISTAKE);
    assertThat(refused.err()).contains(part).doesNotContain("\tat ");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void aRunAnswersThroughAPredictorOfDjl() throws TranslateException {
    try (var arena = Arena.ofConfined();
        var network =
            Models.trained(Trained.best(run("digits").resolve("checkpoints"), arena, _ -> {}));
        var manager = NDManager.newBaseManager();
        var predictor = network.model().newPredictor(new NoopTranslator())) {
      var input = manager.ones(new Shape(3, 1, 8, 8));
      var answer = predictor.predict(new NDList(input)).singletonOrThrow();
      assertThat(answer.toFloatArray())
          .hasSize(30)
          .isEqualTo(network.forward(input, false).toFloatArray());
    }
  }

  @Test
  void averagedWeightsAreSaidToBeRead() {
    train("averaged", "--model=mlp(width=8)", "--optimizer=adam | ema(0.9)");
    var evaluated = Invocation.of("evaluate", run("averaged").toString());
    assertThat(evaluated.code()).isZero();
    assertThat(evaluated.err()).contains("The weights are the averages that ema has kept.");
  }
}
