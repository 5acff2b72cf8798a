package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the numbers, whatever the rule. */
class NumberLawsTest {
  private static final List<Parameter> PARAMETERS =
      Run.parameters(Shape.of(7, 20), Shape.of(3, 2, 3, 3), Shape.of(33), Shape.of());

  static List<Pipeline> pipelines() {
    return Settings.pipelines();
  }

  static List<Pipeline> pipelinesWithoutWeightRules() {
    return pipelines().stream().filter(NumberLawsTest::letsDecayFollow).toList();
  }

  /** Nothing that changes the step may follow a rule that changes the weight. */
  private static boolean letsDecayFollow(Pipeline pipeline) {
    try {
      Rules.parse(pipeline + " | decay(0.1)");
      return true;
    } catch (UserException closed) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("pipelinesWithoutWeightRules")
  void aRateOfZeroLeavesTheWeights(Pipeline pipeline) {
    Group still = Run.everything(pipeline).withSchedule((step, total) -> 0);
    try (Run run = Run.of(PARAMETERS, builder -> builder.group(still));
        Run fresh = Run.of(PARAMETERS, builder -> builder.group(still))) {
      run.steps(3);
      for (int i = 0; i < PARAMETERS.size(); i++) {
        assertThat(run.weights(i)).containsExactly(fresh.weights(i));
      }
    }
  }

  /** Squares of such gradients vanish in single precision, or exceed it. */
  @ParameterizedTest
  @MethodSource("pipelines")
  void anExtremeGradientIsTakenRightlyOrRefused(Pipeline pipeline) {
    for (double size : new double[] {0, 1e-30, 1e30}) {
      try (Run run = Run.of(pipeline, PARAMETERS, OptimizerBuilder::checkFinite);
          Run reference = Run.reference(pipeline, PARAMETERS)) {
        Map<String, byte[]> before = run.bits();
        if (run.step(size).accepted()) {
          reference.step(size);
          requireWeightsOf(run, reference, size + " by " + pipeline);
          requireNumbers(run);
        } else {
          assertThat(size).isGreaterThan(1);
          assertThat(run.bits()).usingRecursiveComparison().isEqualTo(before);
        }
      }
    }
  }

  private static void requireWeightsOf(Run run, Run reference, String what) {
    for (int i = 0; i < PARAMETERS.size(); i++) {
      double[] actual = run.weights(i);
      assertThat(difference(actual, reference.weights(i)))
          .as("tensor %d, gradients of %s", i, what)
          .isLessThan(2e-6);
    }
  }

  /** The largest difference over the largest magnitude. */
  private static double difference(double[] actual, double[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    return difference / Math.max(largest, Float.MIN_NORMAL);
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void zerosAreTakenRightly(Pipeline pipeline) {
    for (boolean zeroWeights : new boolean[] {false, true}) {
      for (double size : zeroWeights ? new double[] {0, 1} : new double[] {0}) {
        try (Run run = run(pipeline);
            Run reference = Run.reference(pipeline, PARAMETERS)) {
          for (int i = 0; i < PARAMETERS.size() && zeroWeights; i++) {
            run.weight(i).fill((byte) 0);
            reference.weight(i).fill((byte) 0);
          }
          run.step(size);
          reference.step(size);
          requireWeightsOf(run, reference, size + " by " + pipeline);
          run.step(size);
          run.step(size);
          requireNumbers(run);
        }
      }
    }
  }

  /** A gradient that stays the same makes averages equal what they average. */
  @ParameterizedTest
  @MethodSource("pipelines")
  void constantGradientsGiveNumbers(Pipeline pipeline) {
    try (Run run = run(pipeline)) {
      run.drawGradients(1);
      for (int step = 0; step < 40; step++) {
        run.optimizer().step(run);
      }
      requireNumbers(run);
    }
  }

  private static void requireNumbers(Run run) {
    for (int i = 0; i < PARAMETERS.size(); i++) {
      assertThat(run.weights(i)).satisfies(NumberLawsTest::requireFinite);
    }
    for (Tensor state : run.optimizer().state()) {
      assertThat(Memory.read(state.data(), state.dtype() == Dtype.F32))
          .as(state.name())
          .satisfies(NumberLawsTest::requireFinite);
    }
  }

  private static void requireFinite(double[] values) {
    assertThat(Arrays.stream(values).filter(x -> !Double.isFinite(x))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void scaledGradientsAreScaledBack(Pipeline pipeline) {
    try (Run plain = run(pipeline).steps(2);
        Run scaled = run(pipeline)) {
      scaled.optimizer().gradientScale(0.3);
      scaled.step(1 / 0.3);
      scaled.step(1 / 0.3);
      for (int i = 0; i < PARAMETERS.size(); i++) {
        assertThat(difference(scaled.weights(i), plain.weights(i))).isLessThan(1e-5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void measuredNormsAreThoseOfTheMemory(Pipeline pipeline) {
    try (Run run = run(pipeline).steps(2)) {
      List<double[]> before = List.of(run.weights(0), run.weights(1), run.weights(2));
      run.optimizer().measureNextStep();
      StepReport report = run.step();
      for (int i = 0; i < before.size(); i++) {
        Map<String, Double> measured =
            report.measured().getOrDefault(PARAMETERS.get(i).name(), Map.of());
        requireNorm(measured, "gradientNorm", norm(run.gradients(i)));
        requireNorm(measured, "weightNorm", norm(before.get(i)));
        requireNorm(measured, "updateNorm", norm(minus(run.weights(i), before.get(i))));
        assertThat(measured).containsKey("gradientNorm");
      }
    }
  }

  private static void requireNorm(Map<String, Double> measured, String name, double expected) {
    double actual = measured.getOrDefault(name, expected);
    assertThat(Math.abs(actual - expected)).as(name).isLessThanOrEqualTo(1e-5 * expected);
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
  }

  private static double[] minus(double[] a, double[] b) {
    var difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }

  private static Run run(Pipeline pipeline) {
    return Run.of(pipeline, PARAMETERS, UnaryOperator.identity());
  }
}
