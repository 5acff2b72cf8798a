package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.djl.data.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics against numbers computed by hand. */
class MeterTest {
  private static final double ROUNDING = 1e-6;

  @Test
  void countsClasses() {
    var meter = Meter.of(Tiny.CLASSES);
    // answers 0, 1, 1, 2 for the targets 0, 1, 2, 2, over two batches
    meter.add(new float[] {5, 0, 0, 0, 5, 0}, new float[] {0, 1}, new float[] {1, 2});
    meter.add(new float[] {0, 5, 0, 0, 0, 5}, new float[] {2, 2}, new float[] {3, 6});
    var values = meter.values();
    assertThat(values.keySet()).containsExactly("loss", "accuracy", "auc", "f1");
    assertNear(values, "loss", 3);
    assertNear(values, "accuracy", 0.75);
    // f1: class 0: 2/2; class 1: 2/(2+1); class 2: 2/(1+2)
    assertNear(values, "f1", (1 + 2.0 / 3 + 2.0 / 3) / 3);
  }

  @Test
  void leavesOutClassesThatDoNotOccur() {
    var meter = Meter.of(Tiny.CLASSES);
    meter.add(new float[] {5, 0, 0, 0, 5, 0}, new float[] {0, 1}, new float[] {1, 1});
    assertNear(meter.values(), "f1", 1);
    assertNear(meter.values(), "auc", 1);
  }

  @Test
  void leavesOutWhatIsNotDefined() {
    var meter = Meter.of(Tiny.CLASSES);
    meter.add(new float[] {5, 0, 0}, new float[] {0}, new float[] {1});
    assertThat(meter.values()).doesNotContainKey("auc");
  }

  @Test
  void ranksProbabilitiesNotOutputs() {
    var meter = new ClassificationMeter(2);
    // probabilities of class 1 rise in the order of the examples, its outputs fall
    meter.add(new float[] {9, 5, 3, 4, -5, 3}, new float[] {0, 1, 1}, new float[] {0, 0, 0});
    assertNear(meter.values(), "auc", 1);
  }

  @Test
  void areaCountsTiesByHalf() {
    var curve = new RankCurve(5);
    // positives 0.5, 0.5, 0.9; negatives 0.5, -1: pairs won 1 + 1 + 2, tied 2 of 6
    curve.add(0.5f, true);
    curve.add(0.5f, false);
    curve.add(0.9f, true);
    curve.add(-1f, false);
    curve.add(0.5f, true);
    assertThat(curve.area()).isCloseTo((4 + 2 * 0.5) / 6, within(ROUNDING));
  }

  @Test
  void areaOrdersNegativeScoresAndBothZeros() {
    var curve = new RankCurve(4);
    curve.add(-0f, true);
    curve.add(0f, false);
    curve.add(-1e-3f, true);
    curve.add(-7f, false);
    // pairs: -0 = 0 tie, -0 > -7, -0.001 < 0, -0.001 > -7
    assertThat(curve.area()).isCloseTo(2.5 / 4, within(ROUNDING));
  }

  @Test
  void measuresNumbersInTheUsersUnits() {
    var task = new Task.Regression(List.of("y"), List.of(100.0), List.of(10.0));
    var meter = Meter.of(task);
    // standardised errors 0, 1, -2; targets 0, 1, 2
    meter.add(new float[] {0, 2}, new float[] {0, 1}, new float[] {0, 1});
    meter.add(new float[] {0}, new float[] {2}, new float[] {4});
    assertNear(meter.values(), "loss", 5.0 / 3);
    assertNear(meter.values(), "rmse", 10 * Math.sqrt(5.0 / 3));
    assertNear(meter.values(), "mae", 10);
    assertNear(meter.values(), "r2", 1 - 5.0 / 2);
  }

  @Test
  void averagesOverColumns() {
    var task = new Task.Regression(List.of("a", "b"), List.of(0.0, 0.0), List.of(1.0, 3.0));
    var meter = Meter.of(task);
    // errors of a: 1, 0; of b: 0, 1; targets of a: 0, 2; of b: 1, 1 (constant: no r2)
    meter.add(new float[] {1, 1, 2, 2}, new float[] {0, 1, 2, 1}, new float[] {0.5f, 0.5f});
    assertNear(meter.values(), "rmse", Math.sqrt((0.5 + 9 * 0.5) / 2));
    assertNear(meter.values(), "mae", (0.5 + 3 * 0.5) / 2);
    assertNear(meter.values(), "r2", 1 - 1.0 / 2);
  }

  @Test
  void measuresText() {
    var meter = Meter.of(new Task.NextToken(List.of("a", "b")));
    // two texts of two characters, losses ln 2 and 3 ln 2; three of four guesses right
    meter.add(
        new float[] {1, 0, 0, 1, 1, 0, 1, 0},
        new float[] {0, 1, 0, 1},
        new float[] {(float) Math.log(2), (float) (3 * Math.log(2))});
    assertNear(meter.values(), "loss", 2 * Math.log(2));
    assertNear(meter.values(), "bitsPerCharacter", 2);
    assertNear(meter.values(), "perplexity", 4);
    assertNear(meter.values(), "accuracy", 0.75);
  }

  @Test
  void theListOfMetricsIsComplete() {
    for (var task : List.of(Tiny.CLASSES, regression(), new Task.NextToken(List.of("a", "b")))) {
      var meter = Meter.of(task);
      meter.add(new float[2 * task.outputs()], new float[] {0, 1}, new float[] {1, 2});
      assertThat(meter.values().sequencedKeySet()).containsExactlyElementsOf(Choice.metrics(task));
    }
  }

  private static Task regression() {
    return new Task.Regression(List.of("y"), List.of(0.0), List.of(1.0));
  }

  private static void assertNear(Map<String, Double> values, String name, double expected) {
    assertThat(values.get(name)).as(name).isCloseTo(expected, within(ROUNDING));
  }
}
