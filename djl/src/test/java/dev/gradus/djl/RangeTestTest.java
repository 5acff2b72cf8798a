package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTestTest {
  private static LossCurve run(RangeTest test, String rules, TrainingListener listener) {
    return run(test, rules, RangeTest.trainingPart(Tiny.data()), listener);
  }

  private static LossCurve run(
      RangeTest test, String rules, DataSet data, TrainingListener listener) {
    try (var network = Tiny.network()) {
      var group = Group.all(Rules.parse(rules), 1);
      return test.run(Training.of(network, data).batch(8).seed(7), group, listener);
    }
  }

  @Test
  void theRateGrowsByTheSameFactorFromTheLowestToTheHighest() {
    var curve = run(new RangeTest(1e-5, 1e-3, 21), "adam", _ -> {});
    assertThat(curve.points()).hasSize(21);
    for (int i = 0; i < 21; i++) {
      double expected = Math.pow(10, -5 + i / 10.0);
      assertThat(curve.points().get(i).rate()).isCloseTo(expected, within(1e-12));
      assertThat(curve.points().get(i).loss()).isPositive();
    }
    assertThat(curve.diverged()).isFalse();
  }

  @Test
  void endsWhenTheLossGrows() {
    var curve = run(new RangeTest(1e-2, 1e8, 60), "sgd", _ -> {});
    assertThat(curve.diverged()).isTrue();
    assertThat(curve.points()).hasSizeBetween(2, 59);
  }

  @Test
  void endsWhenTheFirstLossIsNotFinite() {
    var train = (Tiny.Held) Tiny.images(8, 1);
    train.inputs().forEach(input -> input[0] = Float.NaN);
    var data = RangeTest.trainingPart(Tiny.data(train));
    var curve = run(new RangeTest(1e-2, 1, 30), "sgd", data, _ -> {});
    assertThat(curve.diverged()).isTrue();
    assertThat(curve.points()).isEmpty();
  }

  @Test
  void readsTrainingExamplesOnly() {
    var data = RangeTest.trainingPart(Tiny.data());
    assertThat(data.train().size()).isEqualTo(Tiny.data().train().size());
    assertThat(data.validation().size()).isZero();
    assertThat(data.test().size()).isZero();
    var epochs = new ArrayList<TrainingEvent.EpochDone>();
    run(
        new RangeTest(1e-5, 1e-3, 30),
        "adam",
        event -> {
          if (event instanceof TrainingEvent.EpochDone done) {
            epochs.add(done);
          }
        });
    assertThat(epochs).isNotEmpty().allMatch(epoch -> epoch.validation().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 100", "1, 1, 100", "1, 0.1, 100", "1, Infinity, 100", "NaN, 1, 100"})
  void refusesARangeThatDoesNotGoUp(double from, double to, int steps) {
    assertThatThrownBy(() -> new RangeTest(from, to, steps))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Learning rates can't grow from %s to %s; give a range above 0 that goes up.",
            from, to);
  }

  @Test
  void refusesTooFewSteps() {
    assertThatThrownBy(() -> new RangeTest(1e-3, 1, 19))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("needs at least 20");
  }
}
