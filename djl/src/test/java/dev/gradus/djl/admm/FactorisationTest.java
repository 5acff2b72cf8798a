package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import dev.gradus.UserException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Non-negative matrix factorisation: its laws, and the numbers of scikit-learn and SciPy. */
class FactorisationTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** What scikit-learn and SciPy have computed; the file tells how. */
  record Reference(
      @SerializedName("A") List<float[]> activations,
      List<float[]> nndsvd,
      List<float[]> wide,
      List<float[]> nndsvdOfWide,
      @SerializedName("W") List<float[]> scores,
      @SerializedName("H") List<float[]> rows,
      List<float[]> updated,
      List<float[]> scoresOfUnitRows) {
    static Reference read() throws IOException {
      var file = Objects.requireNonNull(Reference.class.getResourceAsStream("nmf.json"));
      try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
        return new Gson().fromJson(reader, Reference.class);
      }
    }
  }

  private static float[][] array(List<float[]> rows) {
    return rows.toArray(float[][]::new);
  }

  private static void requireClose(float[][] found, float[][] expected, double share) {
    assertThat(found.length).isEqualTo(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("row " + i).containsExactly(expected[i], within((float) share));
    }
  }

  @Test
  void beginsAsScikitLearnDoes() throws IOException {
    var reference = Reference.read();
    requireClose(Nndsvd.rows(array(reference.activations()), 3), array(reference.nndsvd()), 1e-5);
    requireClose(Nndsvd.rows(array(reference.wide()), 3), array(reference.nndsvdOfWide()), 1e-5);
  }

  @Test
  void multipliesAsScikitLearnDoes() throws IOException {
    var reference = Reference.read();
    requireClose(
        next(
            DictionaryUpdate.MULTIPLICATIVE,
            manager.create(array(reference.rows())),
            manager.create(array(reference.scores())),
            manager.create(array(reference.activations())),
            1),
        array(reference.updated()),
        1e-5);
  }

  private static float[][] next(
      DictionaryUpdate update, NDArray rows, NDArray scores, NDArray outputs, double pace) {
    return Rows.of(update.next(rows, scores, outputs, scores.transpose(), pace)).rows();
  }

  @Test
  void scoresAreNonNegativeLeastSquares() throws IOException {
    var reference = Reference.read();
    var rows = manager.create(unit(array(reference.rows())));
    var scores =
        new Scoring(0, 1, 2000).scores(rows, manager.create(array(reference.activations())));
    requireClose(Rows.of(scores).rows(), array(reference.scoresOfUnitRows()), 1e-4);
  }

  private static float[][] unit(float[][] rows) {
    for (float[] row : rows) {
      DictionaryStart.unit(row);
    }
    return rows;
  }

  private static float[][] random(int height, int width, long seed) {
    var random = new Random(seed);
    var values = new float[height][width];
    for (float[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) Math.max(0, random.nextGaussian());
      }
    }
    return values;
  }

  private static double error(NDArray rows, NDArray scores, NDArray outputs) {
    return outputs.sub(scores.matMul(rows)).square().sum().getFloat();
  }

  /** Lee and Seung 2001 for multiplication with a pace of 1; convexity for what is slower. */
  @ParameterizedTest
  @CsvSource({
    "PROJECTED, 1",
    "PROJECTED, 0.2",
    "MULTIPLICATIVE, 1",
    "MULTIPLICATIVE, 0.5",
    "MULTIPLICATIVE, 0.1"
  })
  void noUpdateMakesTheErrorLarger(DictionaryUpdate update, double pace) {
    for (long seed = 0; seed < 5; seed++) {
      var outputs = manager.create(random(20, 12, seed));
      var scores = manager.create(random(20, 4, seed + 100));
      var rows = manager.create(random(4, 12, seed + 200)).add(0.01);
      double before = error(rows, scores, outputs);
      double first = before;
      for (int step = 0; step < 60; step++) {
        rows = manager.create(next(update, rows, scores, outputs, pace));
        double after = error(rows, scores, outputs);
        assertThat(after)
            .as("seed %d, step %d", seed, step)
            .isLessThanOrEqualTo(before * (1 + 1e-6));
        assertThat(rows.min().getFloat()).isNotNegative();
        before = after;
      }
      assertThat(before).isLessThan(first * 0.9);
    }
  }

  @Test
  void turnsOfUpdatesNeverMakeTheErrorLarger() {
    for (var update : DictionaryUpdate.values()) {
      try (var work = new Factorising(random(30, 10, 1), unit(random(3, 10, 2)), update)) {
        double before = work.error();
        for (int round = 0; round < 100; round++) {
          work.round();
          double after = work.error();
          assertThat(after)
              .as("%s, round %d", update, round)
              .isLessThanOrEqualTo(before * (1 + 1e-5));
          before = after;
        }
      }
    }
  }

  @Test
  void aProductIsFoundAgain() {
    var scores = random(200, 3, 5);
    var rows = unit(random(3, 9, 6));
    var product = Rows.of(manager.create(scores).matMul(manager.create(rows))).rows();
    var found = Dictionary.of(product, 3, 500);
    assertThat(found.explained(product, found.scores(product))).isGreaterThan(0.999);
    requireUnit(found);
  }

  private static void requireUnit(Dictionary dictionary) {
    for (int factor = 0; factor < dictionary.rank(); factor++) {
      double squares = 0;
      for (float entry : dictionary.row(factor)) {
        assertThat(entry).isNotNegative();
        squares += entry * entry;
      }
      assertThat(squares).isCloseTo(1, within(1e-5));
    }
  }

  /** The leading factor is the leading singular vector; factors share no more than they must. */
  @Test
  void singularVectorsTellAProductOfOneFactor() {
    var row = new float[] {0.5f, 0, 2, 1};
    var examples = new float[6][4];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 4; j++) {
        examples[i][j] = (i + 1) * row[j];
      }
    }
    var rows = Nndsvd.rows(examples, 3);
    assertThat(DictionaryStart.unit(rows[0]))
        .containsExactly(DictionaryStart.unit(row), within(1e-6f));
    assertThat(rows[1]).containsOnly(0);
    assertThat(rows[2]).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(FirstDictionary.class)
  void aDictionaryBeginsWithoutNegativeNumbersAndOfLengthOne(FirstDictionary first) {
    for (var update : DictionaryUpdate.values()) {
      var start = new DictionaryStart(first, update, 7).rows(random(5, 8, 3), 7);
      requireUnit(Dictionary.of(manager.create(start), new Scoring(0, 1, 1)));
      if (update == DictionaryUpdate.MULTIPLICATIVE) {
        assertThat(manager.create(start).min().getFloat()).isPositive();
      }
    }
  }

  @Test
  void anExampleKeepsItsLargestScoresWhichAreFoundAnewWithoutTheOthers() {
    float[][] dictionary = unit(random(6, 12, 1));
    var rows = manager.create(dictionary);
    var outputs = manager.create(random(50, 12, 2));
    float[][] free = Rows.of(new Scoring(0.1, 1, 2000).scores(rows, outputs)).rows();
    float[][] few = Rows.of(new Scoring(0.1, 0.5, 2000).scores(rows, outputs)).rows();
    for (int example = 0; example < 50; example++) {
      var largest = largest(free[example], 3);
      var some =
          manager.create(
              Arrays.stream(largest).mapToObj(i -> dictionary[i]).toArray(float[][]::new));
      var one = outputs.get(example).reshape(1, 12);
      float[] alone = new Scoring(0.1, 1, 2000).scores(some, one).toFloatArray();
      float[] expected = new float[6];
      for (int i = 0; i < largest.length; i++) {
        expected[largest[i]] = alone[i];
      }
      assertThat(few[example]).containsExactly(expected, within(1e-4f));
    }
  }

  /** Places of the largest numbers above 0. */
  private static int[] largest(float[] numbers, int most) {
    return IntStream.range(0, numbers.length)
        .boxed()
        .filter(i -> numbers[i] > 0)
        .sorted(Comparator.comparingDouble(i -> -numbers[i]))
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 100", "0.29, 100, 29", "0.4, 16, 6", "0.01, 16, 1"})
  void ofTheFactorsAShareIsUsedRoundedDownButOneAlways(double used, int rank, int most) {
    var scores = manager.arange(1f, rank + 1f).reshape(1, rank);
    var nearest = new Scoring(0.5, used, 1).nearest(scores, 0.5);
    assertThat(nearest.gt(0).sum().getLong()).isEqualTo(most);
    assertThat(nearest.max().getFloat()).isEqualTo(rank - 0.25f);
  }

  @Test
  void aPriceMakesMoreScoresZero() {
    var rows = manager.create(unit(random(6, 12, 1)));
    var outputs = manager.create(random(50, 12, 2));
    var free = new Scoring(0, 1, 200).scores(rows, outputs);
    var priced = new Scoring(0.5, 1, 200).scores(rows, outputs);
    assertThat(priced.gt(0).sum().getLong()).isLessThan(free.gt(0).sum().getLong());
    assertThat(new Scoring(1e3, 1, 200).scores(rows, outputs).max().getFloat()).isZero();
  }

  @Test
  void theLargestEigenvalueIsBoundedClosely() {
    var rows = random(6, 12, 4);
    var products = manager.create(rows).matMul(manager.create(rows).transpose());
    var vectors = new SingularVectors(rows);
    double largest = vectors.value(0) * vectors.value(0);
    assertThat(Spectrum.largest(products)).isBetween(largest * (1 - 1e-5), largest * 1.01);
  }

  @Test
  void scoresBetweenBlocksBendAndPayAsTheirObjectiveSays() {
    var dictionary = dictionary(new float[][] {{1, 0}, {1, 0}});
    var factors = new Factors(dictionary, new Scoring(0.4, 1, 1), 0.2, Learning.NOTHING);
    var scores = manager.create(new float[][] {{1, 0.01f}});
    assertThat(factors.curvature()).isCloseTo(2, within(1e-4));
    assertThat(factors.nearest(scores, 0.5).toFloatArray())
        .containsExactly(new float[] {0.96f, 0}, within(1e-6f));
    assertThat(factors.duals(scores.zerosLike(), scores, 0.25).toFloatArray())
        .containsExactly(new float[] {0.75f, 0.0075f}, within(1e-6f));
  }

  @Test
  void refusesWhatCannotBeFactorised() {
    assertThatThrownBy(() -> Dictionary.of(random(9, 4, 1), 5, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "5 factors are more than the 4 activations that they stand for; take a rank of 4 or"
                + " less.");
    assertThatThrownBy(() -> Dictionary.of(new float[][] {{1, -0.5f}}, 1, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Among the activations are some below 0, such as -0.500, for which factors cannot"
                + " stand; take those behind a ReLU.");
  }

  @Test
  void anIdleFactorBeginsAnewAsTheExampleThatIsFitWorst() {
    var rows = manager.create(new float[][] {{1, 0, 0}, {0, 1, 0}});
    var scores = manager.create(new float[][] {{2, 0}, {3, 0}});
    var outputs = manager.create(new float[][] {{2, 0, 0}, {3, 0, 4}});
    var idle = new IdleFactors("factors", 2);
    for (int step = 1; step < 2 * IdleFactors.PATIENCE; step++) {
      idle.replace(rows, scores, outputs, 0.5);
    }
    assertThat(rows.get(1).toFloatArray()).containsExactly(0, 1, 0);
    assertThat(idle.remarks()).isEmpty();
    idle.replace(rows, scores, outputs, 0);
    assertThat(idle.remarks()).isEmpty();
    idle.replace(rows, scores, outputs, 0.5);
    assertThat(rows.get(0).toFloatArray()).containsExactly(1, 0, 0);
    assertThat(rows.get(1).toFloatArray()).containsExactly(0.6f, 0, 0.8f);
    assertThat(idle.remarks())
        .containsExactly(
            "Of the 2 factors of layer factors 1 stood for nothing for as long as 100"
                + " steps at the whole learning rate and begin anew.");
  }

  /** Scores belong to rows as they were before these came to length 1. */
  @Test
  void theExampleThatIsFitWorstIsFoundWithScoresForRowsOfLengthOne() {
    var dictionary = dictionary(new float[][] {{1, 0, 0}, {0, 1, 0}});
    var learning = new DictionaryLearning(new DeepFacto().with("pace", 1.0), "factors", dictionary);
    var scores = manager.create(new float[][] {{1, 0}, {2, 0}});
    var outputs = manager.create(new float[][] {{0.6f, 0, 0.8f}, {8, 0, 0}});
    for (int step = 0; step < IdleFactors.PATIENCE; step++) {
      learning.learn(scores, outputs, 1);
    }
    assertThat(dictionary.getArray().get(1).toFloatArray())
        .containsExactly(new float[] {0.6f, 0, 0.8f}, within(1e-6f));
  }

  private Parameter dictionary(float[][] rows) {
    var dictionary =
        Parameter.builder().setName("dictionary").setType(Parameter.Type.OTHER).build();
    dictionary.setArray(manager.create(rows));
    return dictionary;
  }
}
