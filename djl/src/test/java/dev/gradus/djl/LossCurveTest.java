package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.UserException;
import dev.gradus.djl.LossCurve.Point;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossCurveTest {
  private static final int STEPS = 300;

  /** A loss as a function of the rate's logarithm, from 1e-6 to 1. */
  private static LossCurve curve(DoubleUnaryOperator loss) {
    return new LossCurve(
        IntStream.range(0, STEPS)
            .mapToDouble(i -> -6 + 6.0 * i / (STEPS - 1))
            .mapToObj(x -> new Point(Math.pow(10, x), loss.applyAsDouble(x)))
            .toList(),
        STEPS,
        false);
  }

  /** Falls fastest at 1e-4 and is lowest at 1e-2, from where it grows. */
  private static double valley(double x) {
    return 3 - 2 / (1 + Math.exp(-4 * (x + 4))) + (x > -2 ? (x + 2) * (x + 2) : 0);
  }

  @Test
  void findsTheSteepestFallAndTheLowestLoss() {
    var curve = curve(LossCurveTest::valley);
    assertThat(Math.log10(curve.steepest().rate())).isCloseTo(-4, within(0.03));
    assertThat(Math.log10(curve.lowest().rate())).isCloseTo(-2, within(0.5));
    assertThat(curve.suggested())
        .isEqualTo(Math.sqrt(curve.steepest().rate() * curve.lowest().rate()));
    assertThat(curve.stillFalling()).isFalse();
  }

  @Test
  void seesThroughNoiseAndExplosions() {
    var random = new Random(5);
    var noisy = curve(x -> valley(x) + 0.3 * random.nextGaussian() + (x > -0.5 ? 1e30 : 0));
    assertThat(Math.log10(noisy.steepest().rate())).isCloseTo(-4, within(0.5));
    assertThat(Math.log10(noisy.lowest().rate())).isCloseTo(-2, within(0.6));
  }

  @Test
  void smoothingKeepsAStraightLine() {
    var line = curve(x -> -x);
    var smoothed = line.smoothed();
    for (int i = 30; i < STEPS - 30; i++) {
      assertThat(smoothed.get(i).loss()).isCloseTo(line.points().get(i).loss(), within(1e-9));
    }
  }

  @Test
  void saysThatTheRangeEndsTooEarly() {
    assertThat(curve(x -> -x).stillFalling()).isTrue();
    assertThat(new LossCurve(curve(x -> -x).points(), STEPS, true).stillFalling()).isFalse();
  }

  @Test
  void suggestsNothingWhereNothingFalls() {
    for (DoubleUnaryOperator flat :
        List.<DoubleUnaryOperator>of(x -> 2, x -> 10 + x, x -> 2 - x / 1e3)) {
      assertThat(curve(flat).falls()).isFalse();
      assertThatThrownBy(curve(flat)::suggested)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("The loss falls at no learning rate from 1.0e-06 to 1.0;");
    }
  }

  @Test
  void refusesACurveWithoutPoints() {
    var nothing = new LossCurve(List.of(), STEPS, true);
    assertThat(nothing.falls()).isFalse();
    assertThatThrownBy(nothing::suggested)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not finite in the first step");
  }
}
