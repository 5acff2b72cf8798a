package dev.gradus.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.schedule.History.Observation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules with a memory; plateaus against the rates that PyTorch's own tests demand. */
class HistoryTest {
  private static final double BASE_RATE = 0.5;

  /**
   * The cases, in order, of {@code test_reduce_lr_on_plateau1} to {@code 8} in PyTorch's {@code
   * test/optim/test_lrscheduler.py}: its metrics, and its rates as far as there are metrics. There
   * case 6 has the default patience, but every measurement is better than the last by 15 per cent,
   * so patience has no part in it; in case 8 the second of two groups is left out.
   */
  static Stream<Arguments> plateaus() {
    return Stream.of(
        plateau(
            "threshold=0.01, relative=false, patience=5, cooldown=5",
            series(20, i -> 10 - i * 0.0167),
            repeated(0.5, 20)),
        plateau(
            "threshold=0.1, relative=false, patience=5",
            series(22, i -> 10 - i * 0.0165),
            repeated(0.5, 6, 0.05, 7, 0.005, 7, 0.0005, 2)),
        plateau(
            "mode=max, relative=false, patience=5, cooldown=5",
            repeated(-0.8, 2, -0.234, 20),
            repeated(0.5, 8, 0.05, 11, 0.005, 3)),
        plateau(
            "mode=max, threshold=0.1, patience=3",
            series(20, i -> 1.5 * Math.pow(1.025, i)),
            repeated(0.5, 20)),
        plateau(
            "mode=max, threshold=0.1, patience=5, cooldown=5",
            series(20, i -> 1.5 * Math.pow(1.005, i)),
            repeated(0.5, 6, 0.05, 11, 0.005, 3)),
        plateau(
            "threshold=0.1, patience=5, cooldown=5",
            series(20, i -> 1.5 * Math.pow(0.85, i)),
            repeated(0.5, 20)),
        plateau(
            "threshold=0.1, patience=5, cooldown=5",
            repeated(1, 7, 0.6, 1, 0.5, 12),
            repeated(0.5, 6, 0.05, 11, 0.005, 3)),
        plateau(
            "mode=max, threshold=0.1, patience=5, floor=0.8",
            series(20, i -> 1.5 * Math.pow(1.005, i)),
            repeated(0.5, 6, 0.4, 14)));
  }

  private static Arguments plateau(String settings, List<Double> measured, List<Double> rates) {
    return Arguments.of("plateau(" + settings + ")", measured, rates);
  }

  private static List<Double> series(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).boxed().toList();
  }

  /** Each value as often as the number behind it says. */
  private static List<Double> repeated(double... valuesAndCounts) {
    var result = new ArrayList<Double>();
    for (int i = 0; i < valuesAndCounts.length; i += 2) {
      result.addAll(Collections.nCopies((int) valuesAndCounts[i + 1], valuesAndCounts[i]));
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("plateaus")
  void ratesEqualPyTorchs(String text, List<Double> measured, List<Double> rates) {
    Schedule schedule = Schedules.parse(text).given(history(measured));
    assertThat(rates).hasSameSizeAs(measured);
    assertThat(schedule.multiplier(0, 1)).isEqualTo(1);
    for (int i = 0; i < rates.size(); i++) {
      assertThat(BASE_RATE * schedule.multiplier(i + 1, 1))
          .as("after measurement %d", i)
          .isCloseTo(rates.get(i), within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("plateaus")
  void whatIsMeasuredLaterChangesNoEarlierRate(
      String text, List<Double> measured, List<Double> rates) {
    Schedule all = Schedules.parse(text).given(history(measured));
    for (int known = 0; known <= rates.size(); known++) {
      Schedule some = Schedules.parse(text).given(history(measured.subList(0, known)));
      for (int step = 0; step <= known; step++) {
        assertThat(some.multiplier(step, 1)).isEqualTo(all.multiplier(step, 1));
      }
    }
  }

  /** One measurement of the validation loss after every step. */
  private static History history(List<Double> measured) {
    return history("loss", measured.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static History history(String metric, double... measured) {
    History history = History.EMPTY;
    for (double value : measured) {
      long steps = history.observations().size() + 1L;
      history = history.with(new Observation(steps, metric, value));
    }
    return history;
  }

  @Test
  void aPlateauSeesItsOwnMetricOnly() {
    Schedule plateau = Schedules.parse("plateau(patience=0, metric=trainLoss)");
    assertThat(plateau.metrics()).containsExactly("trainLoss");
    assertThat(plateau.given(history("loss", 1, 1, 1)).multiplier(9, 1)).isEqualTo(1);
    assertThat(plateau.given(history("trainLoss", 1, 1)).multiplier(9, 1)).isEqualTo(0.1);
  }

  @Test
  void aMeasurementThatIsNoNumberIsNoImprovement() {
    Schedule plateau = Schedules.parse("plateau(patience=1)");
    double nan = Double.NaN;
    assertThat(plateau.given(history("loss", nan, nan)).multiplier(2, 1)).isEqualTo(0.1);
    assertThat(plateau.given(history("loss", 1, nan, nan)).multiplier(3, 1)).isEqualTo(0.1);
    assertThat(plateau.given(history("loss", nan, 1, 0.5)).multiplier(3, 1)).isEqualTo(1);
  }

  @Test
  void aPlateauBehindAWarmupBeginsWithIt() {
    Schedule warmup = Schedules.parse("warmup(steps=2, then=plateau(patience=0))");
    assertThat(warmup.metrics()).containsExactly("loss");
    Schedule given = warmup.given(history("loss", 1, 1, 2, 2));
    assertThat(given.multiplier(1, 1)).isCloseTo(0.55, within(1e-15));
    assertThat(given.multiplier(3, 1)).isEqualTo(1);
    assertThat(given.multiplier(4, 1)).isEqualTo(0.1);
  }

  @Test
  void aBoostComesOnceTheDecreaseIsHalfOfTheFirst() {
    Schedule boost = Schedules.parse("boost(before=0.05, after=0.1)");
    double[] losses = {10, 8, 6, 4, 2.5, 2, 1.9, 0};
    Schedule given = boost.given(history("trainLoss", losses));
    assertThat(DoubleStream.iterate(0, i -> i + 1).limit(9).map(i -> given.multiplier((long) i, 1)))
        .containsExactly(0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.1, 0.1, 0.1);
    assertThat(boost.given(history("trainLoss", 10, 8, 6, 4, 2)).multiplier(9, 1)).isEqualTo(0.05);
    assertThat(boost.given(history("loss", losses)).multiplier(9, 1)).isEqualTo(0.05);
  }

  @Test
  void aLossThatNeverFellIsFlat() {
    Schedule boost = Schedules.parse("boost(window=1)");
    Schedule given = boost.given(history("trainLoss", 1, 2, 3));
    assertThat(given.multiplier(2, 1)).isEqualTo(1);
    assertThat(given.multiplier(3, 1)).isEqualTo(0.25);
    assertThat(boost.given(history("trainLoss", 2, 1, 2, 1, 0)).multiplier(3, 1)).isEqualTo(0.25);
  }

  @Test
  void textsOfSchedulesWithAMemoryAreReadBack() {
    for (String text :
        List.of(
            "plateau(patience=3, metric=accuracy, mode=max)", "boost(before=0.05, after=0.1)")) {
      assertThat(Schedules.parse(text)).hasToString(text);
    }
  }
}
