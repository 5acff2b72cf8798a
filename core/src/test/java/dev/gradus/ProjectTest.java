package dev.gradus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.trace.Replay;
import dev.gradus.trace.ReplayEngine;
import dev.gradus.trace.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The projection of steps, by what it promises. */
class ProjectTest {
  private static final List<Parameter> MATRICES =
      Run.parameters(Shape.of(4, 30), Shape.of(3, 2, 3, 3), Shape.of(9));
  private static final int ROW = 30;

  private static Run run(String pipeline) {
    return Run.of(Rules.parse(pipeline), MATRICES, UnaryOperator.identity());
  }

  /** A delta so large that every gradient counts as orthogonal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "project(delta=100)",
        "adam | project(delta=100)",
        "momentum | project(delta=100)"
      })
  void aProjectedStepIsOrthogonalToEveryRowOfTheWeight(String pipeline) {
    try (Run run = run(pipeline).steps(2)) {
      double[] before = run.weights(0);
      run.step();
      double[] after = run.weights(0);
      for (int row = 0; row < 4; row++) {
        assertThat(Math.abs(radial(before, after, row * ROW, row * ROW + ROW))).isLessThan(1e-5);
      }
    }
  }

  /** Rows that are no candidates, while the whole tensor is. */
  @Test
  void otherwiseItIsOrthogonalToTheWholeWeight() {
    var parameters = Run.parameters(Shape.of(2, 2));
    try (Run run =
        Run.of(Rules.parse("project(delta=0.5)"), parameters, UnaryOperator.identity())) {
      double[] weights = {1, 2, 2, 1};
      double[] gradients = {1, 2, -2.5, -0.2};
      for (int i = 0; i < 4; i++) {
        run.write(run.weight(0), i, weights[i]);
        run.write(run.gradientMemory(0), i, gradients[i]);
      }
      run.optimizer().measureNextStep();
      StepReport report = run.optimizer().step(run);
      assertThat(projected(report.measured(), "a")).isEqualTo(1);
      assertThat(Math.abs(radial(weights, run.weights(0), 0, 4))).isLessThan(1e-4);
      assertThat(Math.abs(radial(weights, run.weights(0), 0, 2))).isGreaterThan(0.1);
    }
  }

  /** Where it fires, decay to its left is projected away and decay to its right is a tenth. */
  @ParameterizedTest
  @CsvSource({"decay(2) | project(delta=100), 0", "project(delta=100) | decay(2), 0.2"})
  void theSideOfDecayDecidesHowMuchIsLeft(String pipeline, double left) {
    try (Run run = run(pipeline)) {
      double[] before = run.weights(0);
      run.step();
      for (int row = 0; row < 4; row++) {
        double product = 0;
        double square = 0;
        for (int i = row * ROW; i < row * ROW + ROW; i++) {
          product += before[i] * (before[i] - run.weights(0)[i]);
          square += before[i] * before[i];
        }
        assertThat(product / square).isCloseTo(Run.LEARNING_RATE * left, within(1e-6));
      }
    }
  }

  /** Each row is within its threshold of 0.35, the tensor outside its own of 0.25. */
  @Test
  void rowsAloneMakeDecaySmaller() {
    var parameters = Run.parameters(Shape.of(2, 2));
    Pipeline pipeline = Rules.parse("project(delta=0.5) | decay(1)");
    try (Run run = Run.of(pipeline, parameters, UnaryOperator.identity())) {
      double[] weights = {1, 0, 1, 0};
      double[] gradients = {0.3, 0.95, 0.3, -0.95};
      for (int i = 0; i < 4; i++) {
        run.write(run.weight(0), i, weights[i]);
        run.write(run.gradientMemory(0), i, gradients[i]);
      }
      run.optimizer().step(run);
      double kept = 1 - 0.1 * Run.LEARNING_RATE;
      double across = 0.95 * Run.LEARNING_RATE;
      assertThat(run.weights(0))
          .containsExactly(new double[] {kept, -across, kept, across}, within(1e-6));
    }
  }

  /** The cosine between weight and step over a range. */
  private static double radial(double[] before, double[] after, int from, int to) {
    double product = 0;
    double ofWeight = 0;
    double ofStep = 0;
    for (int i = from; i < to; i++) {
      double step = before[i] - after[i];
      product += before[i] * step;
      ofWeight += before[i] * before[i];
      ofStep += step * step;
    }
    return product / Math.sqrt(ofWeight * ofStep);
  }

  private static double projected(Map<String, Map<String, Double>> measured, String parameter) {
    return measured.getOrDefault(parameter, Map.of()).getOrDefault("projected", Double.NaN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adamp(delta=0, weightDecay=0.1); adamw(weightDecay=0.1)",
        "adamp(delta=0, beta1=0.5, nesterov=true); adam(beta1=0.5, nesterov=true) | decay(0.01)",
        "sgdp(delta=0, weightDecay=0.1); momentum(nesterov=true, first=dampened) | decay(1)"
      })
  void neverFiringItIsItsBaseBitForBit(String pipeline, String base) {
    try (Run run = run(pipeline).steps(3);
        Run expected = run(base).steps(3)) {
      for (int i = 0; i < MATRICES.size(); i++) {
        assertThat(run.weights(i)).containsExactly(expected.weights(i));
      }
    }
  }

  @Test
  void whereItDoesNotFireTheStepIsTheBasesBitForBit() throws IOException {
    var trace = GoldenTrace.read("adamp-never-fires");
    var fired = new ArrayList<Boolean>();
    Optional<Pipeline> base = Optional.of(Rules.parse("adamw(weightDecay=0.1)"));
    assertThat(replay(trace, Optional.empty(), fired))
        .containsExactly(replay(trace, base, new ArrayList<>()));
    assertThat(fired).isNotEmpty().doesNotContain(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adamp-row-projection",
        "adamp-layer-projection",
        "adamp-mixed-projection",
        "sgdp-row-projection",
        "sgdp-layer-projection",
        "sgdp-mixed-projection"
      })
  void tracesTakeTheBranchThatTheAuthorsCodeTook(String name) throws IOException {
    var trace = GoldenTrace.read(name);
    var noted = new ArrayList<Boolean>();
    for (JsonNode step : trace.json().get("steps")) {
      noted.add(!step.get("notes").get("view").get("weight").asText().equals("none"));
    }
    var fired = new ArrayList<Boolean>();
    replay(trace, Optional.empty(), fired);
    assertThat(fired).isEqualTo(noted).contains(true);
    assertThat(fired.contains(false)).isEqualTo(name.contains("mixed"));
  }

  /** The matrix after the last step, and whether the projection fired in each. */
  private static double[] replay(
      GoldenTrace trace, Optional<Pipeline> instead, List<Boolean> fired) {
    double[] weight = {};
    try (var replay = new Replay(trace.inputs(), instead, ReplayEngine.NATIVE)) {
      while (replay.hasNext()) {
        Snapshot after = replay.next();
        fired.add(projected(after.measured(), "weight") == 1);
        weight = requireNonNull(after.weights().get("weight"));
      }
      return weight;
    }
  }
}
