package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of the whole model, across groups. */
class ModelFoldTest {
  private static final List<Parameter> TWO = Run.parameters(Shape.of(3), Shape.of(2));

  private static Run run(String ofA, String ofB) {
    return Run.of(
        TWO,
        builder ->
            builder
                .group(Group.all(Rules.parse(ofA), 1).named("a"))
                .group(Group.all(Rules.parse(ofB), 1).named("b")));
  }

  /** Both groups clip by the joint norm, although one scales its gradient before. */
  @Test
  void groupsWithDifferentRulesShareANorm() {
    try (Run run =
        run("clip-norm(0.5, epsilon=0)", "clip-value(0.1) | clip-norm(0.5, epsilon=0)")) {
      double[] a = run.weights(0);
      double[] b = run.weights(1);
      run.step();
      double[] stepOfA = run.gradients(0);
      double[] stepOfB =
          Arrays.stream(run.gradients(1)).map(g -> Math.clamp(g, -0.1, 0.1)).toArray();
      double norm = Math.sqrt(squares(stepOfA) + squares(stepOfB));
      assertThat(norm).isGreaterThan(0.5);
      requireStepped(run.weights(0), a, stepOfA, 0.5 / norm);
      requireStepped(run.weights(1), b, stepOfB, 0.5 / norm);
    }
  }

  @Test
  void aTensorWithoutGradientTakesNoPart() {
    try (Run run = run("clip-norm(0.5, epsilon=0)", "clip-norm(0.5, epsilon=0)")) {
      double[] a = run.weights(0);
      run.setAbsent(1, true);
      run.step();
      requireStepped(
          run.weights(0), a, run.gradients(0), 0.5 / Math.sqrt(squares(run.gradients(0))));
    }
  }

  @Test
  void labelsKeepNormsApart() {
    try (Run run = run("clip-norm(0.5, epsilon=0) as mine", "clip-norm(0.5, epsilon=0) as yours")) {
      double[] a = run.weights(0);
      run.step();
      requireStepped(
          run.weights(0), a, run.gradients(0), 0.5 / Math.sqrt(squares(run.gradients(0))));
    }
  }

  /** Its group waits one pass longer for its part than the other. */
  @Test
  void aNormWaitsForTheDeepestGroup() {
    try (Run run =
        run("clip-norm(0.5, epsilon=0)", "clip-tensor(0.2) | clip-norm(0.5, epsilon=0)")) {
      double[] a = run.weights(0);
      run.step();
      double normOfB = Math.sqrt(squares(run.gradients(1)));
      double clippedB = Math.min(normOfB, 0.2);
      double norm = Math.hypot(Math.sqrt(squares(run.gradients(0))), clippedB);
      requireStepped(run.weights(0), a, run.gradients(0), Math.min(1, 0.5 / norm));
    }
  }

  @Test
  void onlyRulesThatFoldAlikeMayShareAName() {
    assertThatThrownBy(() -> run("clip-norm(1)", "clip-norm(1, norm=max)"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Two groups fold over the model under the name 'clip-norm', one as a sum and one as a"
                + " maximum; give one of them a label, as in 'clip-norm(…) as second'.");
  }

  @Test
  void groupsMayNotWaitForEachOther() {
    assertThatThrownBy(
            () ->
                run(
                    "clip-norm(1) as x | clip-norm(1) as y",
                    "clip-norm(1) as y | clip-norm(1) as x"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Groups fold over the model under the names [x, y] in opposite orders, so each would"
                + " wait for the other; give the folds of one group other labels.");
  }

  @ParameterizedTest
  @CsvSource({"clip-norm(1) | clip-norm(2), clip-norm", "clip-norm as x | clip-norm(2) as x, x"})
  void oneNameTwiceInAPipelineIsRefused(String pipeline, String name) {
    assertThatThrownBy(() -> Rules.parse(pipeline))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Two stages of the pipeline fold over the model under the name '%s'; give one of them"
                    .formatted(name)
                + " a label, as in '%s(…) as second'.".formatted(name));
  }

  @ParameterizedTest
  @CsvSource({
    "adam | adam, m, adam",
    "momentum(0.9) | momentum(0.5), buffer, momentum",
    "adam | radam, m, radam",
    "adam as x | radam as x, x.m, radam"
  })
  void oneStateTwiceInAPipelineIsRefused(String pipeline, String state, String rule) {
    assertThatThrownBy(() -> Rules.parse(pipeline))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Two stages of the pipeline keep a state named '%s'; give one of them a label, as in"
                    .formatted(state)
                + " '%s(…) as second'.".formatted(rule));
  }

  @Test
  void labelsNameStates() {
    try (Run run = run("momentum(0.9) | momentum(0.5) as outer", "sgd").steps(1)) {
      assertThat(run.optimizer().state())
          .extracting(state -> state.name())
          .containsExactly("a/buffer", "a/outer.buffer", "a/steps", "b/steps");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-norm(0.5, epsilon=0)", "clip-norm(0.5, epsilon=0, norm=max)"})
  void aStepWithoutAnyGradientOnlyCounts(String pipeline) {
    try (Run run = run(pipeline, pipeline)) {
      run.setAbsent(0, true);
      run.setAbsent(1, true);
      Map<String, byte[]> before = run.bits();
      assertThat(run.step().accepted()).isTrue();
      assertThat(run.optimizer().steps()).isEqualTo(1);
      assertThat(run.bits()).usingRecursiveComparison().isEqualTo(before);
    }
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(x -> x * x).sum();
  }

  private static void requireStepped(
      double[] actual, double[] before, double[] step, double scale) {
    for (int i = 0; i < before.length; i++) {
      assertThat(actual[i]).isCloseTo(before[i] - step[i] * scale, within(1e-6));
    }
  }
}
