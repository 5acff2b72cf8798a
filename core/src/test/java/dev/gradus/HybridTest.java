package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the traces don't show of multiplicative and hybrid updates. */
class HybridTest {
  private static final List<Parameter> SHAPES = Run.parameters(Shape.of(7, 20), Shape.of(33));

  private static Run run(String pipeline) {
    return Run.of(Rules.parse(pipeline), SHAPES, UnaryOperator.identity());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adam", "novograd", "adamp", "sgd(momentum=0.9)", "lars(rateInside=true)"})
  void withGammaZeroItIsItsBaseBitForBit(String base) {
    try (Run hybrid = run(base + " | hybrid(0)").steps(3);
        Run alone = run(base).steps(3)) {
      assertThat(hybrid.bits().keySet()).isEqualTo(alone.bits().keySet());
      alone.bits().forEach((name, bits) -> assertThat(hybrid.bits()).containsEntry(name, bits));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"novograd", "adamp", "lion", "novograd(luc=true)", "rsg"})
  void bothPartsMoveAnyBase(String base) {
    try (Run hybrid = run(base + " | hybrid(0.5)").steps(3);
        Run half = run(base + " | hybrid(0.9)").steps(3);
        Run alone = run(base).steps(3)) {
      assertThat(hybrid.weights(0)).isNotEqualTo(alone.weights(0)).isNotEqualTo(half.weights(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abs", "pow2"})
  void aMultiplicativeStepIsBoundedByTheWeightAndKeepsItsSign(String rule) {
    String stage = "multiplicative(innerRate=100, outerRate=1, zero=stuck, rule=" + rule + ")";
    try (Run run = run("sgd | " + stage)) {
      double[] before = run.weights(0);
      run.step(1e6);
      double[] after = run.weights(0);
      double largest = 0;
      for (int i = 0; i < after.length; i++) {
        double share = (before[i] - after[i]) / before[i];
        assertThat(after[i] * before[i]).isNotNegative();
        assertThat(Math.abs(share)).isLessThanOrEqualTo(1 + 1e-6);
        largest = Math.max(largest, Math.abs(share));
      }
      assertThat(largest).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void weightsOfZeroStayUnlessTheyAreSpared() {
    assertThat(movedFromZero("multiplicative(zero=stuck)")).containsExactly(false, false);
    assertThat(movedFromZero("multiplicative")).containsExactly(false, true);
    assertThat(movedFromZero("multiplicative(zero=floor)")).containsExactly(true, true);
    assertThat(movedFromZero("multiplicative(zero=floor, rule=pow2)")).containsExactly(true, true);
    assertThat(movedFromZero("hybrid(zero=stuck)")).containsExactly(true, true);
  }

  /** Whether a matrix and a vector of zeros move. */
  private static List<Boolean> movedFromZero(String stage) {
    try (Run run = run("sgd | " + stage)) {
      run.weight(0).fill((byte) 0);
      run.weight(1).fill((byte) 0);
      run.step();
      return List.of(
          Arrays.stream(run.weights(0)).anyMatch(w -> w != 0),
          Arrays.stream(run.weights(1)).anyMatch(w -> w != 0));
    }
  }

  @Test
  void theFloorIsAThousandthOfTheFirstRootMeanSquare() {
    try (Run run = run("sgd | multiplicative(innerRate=1e9, outerRate=0.5, zero=floor)")) {
      double square = Arrays.stream(run.weights(0)).map(w -> w * w).average().orElseThrow();
      run.write(run.weight(0), 0, 0);
      double rest = square - Math.pow(first(run), 2) / SHAPES.getFirst().shape().size();
      run.step();
      assertThat(Math.abs(run.weights(0)[0])).isCloseTo(0.5 * 1e-3 * Math.sqrt(rest), within(1e-8));
    }
  }

  @Test
  void theFloorLeavesLargerWeightsAlone() {
    try (Run floored = run("sgd | multiplicative(zero=floor)").steps(3);
        Run stuck = run("sgd | multiplicative(zero=stuck)").steps(3)) {
      assertThat(Arrays.stream(floored.weights(0)).map(Math::abs).min().orElseThrow())
          .isGreaterThan(1e-3);
      assertThat(floored.weights(0)).containsExactly(stuck.weights(0));
    }
  }

  private static double first(Run run) {
    try (Run untouched = run("sgd")) {
      assertThat(run.weights(0)[1]).isEqualTo(untouched.weights(0)[1]);
      return untouched.weights(0)[0];
    }
  }

  /** Half the schedule's multiplier, half the outer rate; the inner rate stays. */
  @Test
  void aScheduleActsOnTheOuterRate() {
    Pipeline full = Rules.parse("sgd | hybrid(outerRate=0.2, zero=stuck)");
    Pipeline half = Rules.parse("sgd | hybrid(outerRate=0.1, zero=stuck)");
    try (Run scheduled =
            Run.of(SHAPES, b -> b.group(Group.all(full, 0.1).withSchedule((s, t) -> 0.5)));
        Run halved = Run.of(SHAPES, b -> b.group(Group.all(half, 0.05)))) {
      assertThat(scheduled.steps(2).weights(0))
          .containsExactly(halved.steps(2).weights(0), within(1e-6));
    }
  }
}
