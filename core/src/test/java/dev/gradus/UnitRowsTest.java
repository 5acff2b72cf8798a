package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weight rescaling, computed by hand. */
class UnitRowsTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 5;
  private static final List<Parameter> MATRIX = Run.parameters(Shape.of(ROWS, COLUMNS));

  private static Run run(String pipeline) {
    return Run.of(Rules.parse(pipeline), MATRIX, UnaryOperator.identity());
  }

  @Test
  void everyRowOfTheNewWeightHasNormOne() {
    try (Run run = run("sgd | unit-rows")) {
      double[] stepped = stepped(run);
      run.step();
      requireClose(run.weights(0), scaledRows(stepped, norms(stepped), -1));
      for (double norm : norms(run.weights(0))) {
        assertThat(norm).isCloseTo(1, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void itActsOnlyWhenItIsDue(int every) {
    try (Run run = run("sgd | unit-rows(every=" + every + ")")) {
      for (int step = 1; step <= 6; step++) {
        double[] stepped = stepped(run);
        run.step();
        requireClose(
            run.weights(0), step % every == 0 ? scaledRows(stepped, norms(stepped), -1) : stepped);
      }
    }
  }

  @Test
  void aLayerIsBroughtToTheNormThatUnitRowsGiveIt() {
    try (Run run = run("sgd | unit-rows(per=layer)")) {
      double[] stepped = stepped(run);
      run.step();
      double squares = Arrays.stream(stepped).map(w -> w * w).sum();
      double[] expected = Arrays.stream(stepped).map(w -> w * Math.sqrt(ROWS / squares)).toArray();
      requireClose(run.weights(0), expected);
    }
  }

  @Test
  void theStartIsTheSameWithoutAStep() {
    try (Run run = run("adam | unit-rows")) {
      double[] before = run.weights(0);
      run.optimizer().act("start", run);
      requireClose(run.weights(0), scaledRows(before, norms(before), -1));
      assertThat(run.optimizer().steps()).isZero();
      assertThat(state(run, "a/m")).containsOnly(0);
    }
  }

  /**
   * Buffers of normalised steps don't grow with the gradient; those of LARS shrink like weights.
   */
  @ParameterizedTest
  @CsvSource({"sgd(momentum=0.9), 1", "rmsprop(momentum=0.9), 0", "lars(epsilon=0), -1"})
  void buffersFollowAsWhatTheyKeep(String base, int degree) {
    try (Run rescaled = run(base + " | unit-rows(every=2, rescale=true)");
        Run plain = run(base + " | unit-rows(every=2)");
        Run free = run(base)) {
      double[] norms = norms(free.steps(2).weights(0));
      requireClose(
          state(rescaled.steps(2), "a/buffer"),
          scaledRows(state(plain.steps(2), "a/buffer"), norms, degree));
    }
  }

  /** A state of degree 1 is multiplied by the norm, one of degree 2 by its square. */
  @Test
  void statesFollowTheWeight() {
    try (Run rescaled = run("adam | unit-rows(every=2, rescale=true)");
        Run plain = run("adam | unit-rows(every=2)");
        Run free = run("adam")) {
      rescaled.steps(2);
      plain.steps(2);
      double[] norms = norms(free.steps(2).weights(0));
      assertThat(rescaled.weights(0)).containsExactly(plain.weights(0));
      requireClose(state(rescaled, "a/m"), scaledRows(state(plain, "a/m"), norms, 1));
      requireClose(state(rescaled, "a/v"), scaledRows(state(plain, "a/v"), norms, 2));
    }
  }

  @Test
  void statesStayAsTheyAreWhenItIsNotDue() {
    try (Run rescaled = run("adam | unit-rows(every=2, rescale=true)").steps(1);
        Run free = run("adam").steps(1)) {
      assertThat(state(rescaled, "a/m")).containsExactly(state(free, "a/m"));
      assertThat(state(rescaled, "a/v")).containsExactly(state(free, "a/v"));
    }
  }

  @Test
  void aRowOfZerosStaysAndVectorsAreLeftAlone() {
    var parameters = Run.parameters(Shape.of(ROWS, COLUMNS), Shape.of(COLUMNS), Shape.of());
    try (Run run = Run.of(Rules.parse("sgd | unit-rows"), parameters, UnaryOperator.identity());
        Run free = Run.of(Rules.parse("sgd"), parameters, UnaryOperator.identity())) {
      run.weight(0).asSlice(0, (long) COLUMNS * Float.BYTES).fill((byte) 0);
      run.step(0);
      free.step(0);
      assertThat(run.weights(0)).startsWith(0, 0, 0, 0, 0);
      assertThat(norms(run.weights(0))[1]).isCloseTo(1, within(1e-6));
      assertThat(run.weights(1)).containsExactly(free.weights(1));
      assertThat(run.weights(2)).containsExactly(free.weights(2));
    }
  }

  /** A row that is all but 0 has no direction. */
  @Test
  void aTinyRowStaysAsItIs() {
    try (Run run = Run.reference(Rules.parse("sgd | unit-rows"), MATRIX)) {
      for (int i = 0; i < COLUMNS; i++) {
        run.write(run.weight(0), i, 1e-14);
      }
      run.step(0);
      assertThat(run.weights(0)[0]).isCloseTo(1e-14, within(1e-20));
      assertThat(norms(run.weights(0))[1]).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void theStartLeavesVectorsAlone() {
    var vector = Run.parameters(Shape.of(COLUMNS), Shape.of());
    try (Run run = Run.of(Rules.parse("unit-rows"), vector, UnaryOperator.identity())) {
      double[] before = run.weights(0);
      double[] number = run.weights(1);
      run.optimizer().act("start", run);
      assertThat(run.weights(0)).containsExactly(before);
      assertThat(run.weights(1)).containsExactly(number);
    }
  }

  /** What plain gradient descent would make of the weight in the coming step. */
  private static double[] stepped(Run run) {
    run.drawGradients(1);
    double[] weights = run.weights(0);
    double[] gradients = run.gradients(0);
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= Run.LEARNING_RATE * gradients[i];
    }
    return weights;
  }

  private static double[] norms(double[] values) {
    var norms = new double[ROWS];
    for (int i = 0; i < values.length; i++) {
      norms[i / COLUMNS] += values[i] * values[i];
    }
    for (int r = 0; r < ROWS; r++) {
      norms[r] = Math.sqrt(norms[r]);
    }
    return norms;
  }

  private static double[] scaledRows(double[] values, double[] norms, int power) {
    var scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] * Math.pow(norms[i / COLUMNS], power);
    }
    return scaled;
  }

  private static double[] state(Run run, String name) {
    return run.optimizer().state().stream()
        .filter(state -> state.name().equals(name))
        .findFirst()
        .map(state -> Memory.read(state.data(), true))
        .orElseThrow();
  }

  private static void requireClose(double[] actual, double[] expected) {
    assertThat(actual).containsExactly(expected, within(1e-6));
  }
}
