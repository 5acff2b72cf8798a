package dev.gradus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds bit for bit, whatever the rule. */
class LawsTest {
  /** Cut into segments, by rows, and packed into two units of work. */
  private static final List<Parameter> LARGE =
      Run.inBothFormats(
          Shape.of(2, 66_000),
          Shape.of(66_000),
          Shape.of(40_000),
          Shape.of(3, 23_001),
          Shape.of(30_000),
          Shape.of(300, 9),
          Shape.of(64, 3, 3, 3),
          Shape.of(1),
          Shape.of(5));

  private static final List<Parameter> MEDIUM =
      Run.inBothFormats(Shape.of(2, 5_000), Shape.of(9_000), Shape.of(300, 9));

  private static final List<Parameter> SMALL =
      Run.inBothFormats(Shape.of(7, 20), Shape.of(3, 2, 3, 3), Shape.of(33), Shape.of());

  static List<Pipeline> pipelines() {
    return Settings.pipelines();
  }

  static List<Pipeline> pipelinesOfOneTensor() {
    return pipelines().stream()
        .filter(pipeline -> Equations.of(pipeline, Shape.of(2, 2)).modelFolds().isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void gradientsAreOnlyRead(Pipeline pipeline) {
    try (Run run = run(pipeline, SMALL).steps(2)) {
      run.drawGradients(1);
      List<byte[]> before = gradients(run);
      run.optimizer().step(run);
      assertThat(gradients(run)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  private static List<byte[]> gradients(Run run) {
    return IntStream.range(0, SMALL.size())
        .mapToObj(i -> run.gradientMemory(i).toArray(JAVA_BYTE))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void anyNumberOfThreadsGivesTheSameBits(Pipeline pipeline) {
    try (Run one = run(pipeline, LARGE).steps(2);
        Run two = Run.of(pipeline, LARGE, builder -> builder.threads(2)).steps(2);
        Run three = Run.of(pipeline, LARGE, builder -> builder.threads(3)).steps(2)) {
      requireSame(two.bits(), one.bits());
      requireSame(three.bits(), one.bits());
    }
  }

  @ParameterizedTest
  @MethodSource("pipelinesOfOneTensor")
  void parametersDontDependOnTheirNeighbours(Pipeline pipeline) {
    try (Run together = run(pipeline, LARGE).steps(2)) {
      Map<String, byte[]> expected = together.bits();
      for (Parameter parameter : LARGE) {
        try (Run alone = run(pipeline, List.of(parameter)).steps(2)) {
          alone
              .bits()
              .forEach((name, bits) -> requireSame(Map.of(name, bits), only(expected, name)));
        }
      }
    }
  }

  private static Map<String, byte[]> only(Map<String, byte[]> bits, String name) {
    return Map.of(name, bits.getOrDefault(name, new byte[0]));
  }

  /** One parameter has no gradient before the interruption, so its states have no value yet. */
  @ParameterizedTest
  @MethodSource("pipelines")
  void aResumedRunEqualsAnUninterruptedOne(Pipeline pipeline) {
    try (Run whole = run(pipeline, SMALL);
        Run resumed = run(pipeline, SMALL)) {
      whole.setAbsent(1, true);
      whole.steps(3);
      resumed.resume(whole);
      whole.setAbsent(1, false);
      requireSame(resumed.steps(3).bits(), whole.steps(3).bits());
      assertThat(resumed.optimizer().steps()).isEqualTo(6);
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void measuringChangesNoBit(Pipeline pipeline) {
    try (Run quiet = run(pipeline, MEDIUM);
        Run measured = run(pipeline, MEDIUM)) {
      for (int step = 0; step < 3; step++) {
        double scale = step == 1 ? 0.3 : 1;
        quiet.optimizer().gradientScale(scale);
        measured.optimizer().gradientScale(scale);
        quiet.step();
        measured.optimizer().measureNextStep();
        assertThat(measured.step().measured()).isNotEmpty();
      }
      requireSame(measured.bits(), quiet.bits());
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void aRefusedStepChangesNothingAndDoesNotCount(Pipeline pipeline) {
    try (Run refused = Run.of(pipeline, SMALL, OptimizerBuilder::checkFinite);
        Run other = Run.of(pipeline, SMALL, OptimizerBuilder::checkFinite)) {
      for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 3e38f}) {
        refused.drawGradients(1);
        refused.write(refused.gradientMemory(2), 32, bad);
        Map<String, byte[]> before = refused.bits();
        StepReport report = refused.optimizer().step(refused);
        assertThat(report.notFinite()).contains("c");
        requireSame(refused.bits(), before);
        refused.step();
        other.step();
      }
      assertThat(refused.optimizer().steps()).isEqualTo(3);
      requireSame(refused.bits(), other.bits());
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void anAbsentGradientLeavesItsTensorAlone(Pipeline pipeline) {
    try (Run run = run(pipeline, SMALL).steps(2)) {
      run.setAbsent(1, true);
      Map<String, byte[]> before = run.bits();
      run.step();
      run.bits()
          .forEach(
              (name, bits) -> {
                if (name.equals("b") || name.startsWith("b/")) {
                  requireSame(Map.of(name, bits), only(before, name));
                }
              });
      assertThat(stepsOf(run, "b")).isEqualTo(2);
      assertThat(stepsOf(run, "a")).isEqualTo(3);
    }
  }

  private static double stepsOf(Run run, String parameter) {
    return run.optimizer().state().stream()
        .filter(state -> state.name().equals(parameter + "/steps"))
        .findFirst()
        .orElseThrow()
        .doubles()[0];
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void statesAreThoseOfTheEquations(Pipeline pipeline) {
    var expected = new LinkedHashMap<String, Long>();
    for (Parameter p : SMALL) {
      Equations.of(pipeline, p.shape())
          .states()
          .forEach(
              (state, next) ->
                  expected.put(
                      p.name() + "/" + state.name(),
                      p.shape().count(state.level()) * (state.level().isScalar() ? 8 : 4)));
    }
    try (Run run = run(pipeline, SMALL).steps(1)) {
      var actual = new LinkedHashMap<String, Long>();
      for (Tensor state : run.optimizer().state()) {
        actual.put(state.name(), state.data().byteSize());
      }
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static Run run(Pipeline pipeline, List<Parameter> parameters) {
    return Run.of(pipeline, parameters, UnaryOperator.identity());
  }

  private static void requireSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, bits) ->
            assertThat(Arrays.mismatch(actual.getOrDefault(name, new byte[0]), bits))
                .as("first differing byte of %s", name)
                .isEqualTo(-1));
  }
}
