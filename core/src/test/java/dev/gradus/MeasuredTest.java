package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradus.equation.Shape;
import dev.gradus.trace.Replay;
import dev.gradus.trace.ReplayEngine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules report of a step beside the norms. */
class MeasuredTest {
  private static final List<Parameter> TWO = Run.parameters(Shape.of(3, 5), Shape.of(4));

  private static Map<String, Map<String, Double>> measured(Run run) {
    run.optimizer().measureNextStep();
    return run.step().measured();
  }

  private static double value(
      Map<String, Map<String, Double>> measured, String parameter, String name) {
    return measured.getOrDefault(parameter, Map.of()).getOrDefault(name, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambc-unclipped", "lambc-bound-1", "lambc-bound-5", "lambc-decay"})
  void trustRatiosAreThoseOfTheAuthorsCode(String name) throws IOException {
    GoldenTrace trace = GoldenTrace.read(name);
    JsonNode options = trace.json().get("options");
    double bound =
        options.get("clip").asBoolean()
            ? options.get("clipBound").asDouble()
            : Double.POSITIVE_INFINITY;
    try (var replay = new Replay(trace.inputs(), Optional.empty(), ReplayEngine.REFERENCE)) {
      for (JsonNode step : trace.json().get("steps")) {
        var measured = replay.next().measured();
        for (var ratio : step.get("notes").get("trustRatioBeforeClip").properties()) {
          double expected = Math.min(bound, ratio.getValue().asDouble());
          assertThat(value(measured, ratio.getKey(), "trustRatio"))
              .isCloseTo(expected, within(1e-9 * expected));
        }
      }
    }
  }

  @Test
  void theRatioOfLarsIsThatOfItsPaper() {
    try (Run run = Run.reference(Rules.parse("lars(weightDecay=0.1)"), TWO)) {
      var measured = measured(run);
      double weight = value(measured, "a", "weightNorm");
      double gradient = value(measured, "a", "gradientNorm");
      assertThat(value(measured, "a", "trustRatio"))
          .isCloseTo(1e-3 * weight / (gradient + 0.1 * weight + 1e-8), within(1e-12));
    }
  }

  /** In its first step Adam without epsilon is the sign of the gradient, whose norm is √n. */
  @Test
  void theRatioOfLambBesideItsDecayIsThatOfTheDecayedWeight() {
    String lamb = "lamb(decoupledDecay=true, weightDecay=0.5, epsilon=0, maxGradNorm=∞)";
    try (Run run = Run.reference(Rules.parse(lamb), TWO)) {
      var measured = measured(run);
      double decayed = value(measured, "a", "weightNorm") * (1 - Run.LEARNING_RATE * 0.5);
      assertThat(value(measured, "a", "trustRatio"))
          .isCloseTo(decayed / Math.sqrt(15), within(1e-12));
    }
  }

  @Test
  void aClippedRatioOfLambBesideItsDecayIsAtMostOne() {
    String lamb = "lamb(decoupledDecay=true, trustClip=true)";
    try (Run run = Run.reference(Rules.parse(lamb), TWO)) {
      for (int i = 0; i < 15; i++) {
        run.write(run.weight(0), i, 7);
        run.write(run.weight(1), i % 4, 0.5);
      }
      var measured = measured(run);
      assertThat(value(measured, "a", "trustRatio")).isEqualTo(1);
      assertThat(value(measured, "b", "trustRatio")).isLessThan(1);
    }
  }

  @Test
  void clipsReportTheNormBeforeThem() {
    try (Run run = Run.reference(Rules.parse("clip-norm(0.1) | clip-tensor(0.01)"), TWO);
        Run free = Run.reference(Rules.parse("clip-norm | clip-tensor"), TWO)) {
      var measured = measured(run);
      double a = value(measured, "a", "gradientNorm");
      double b = value(measured, "b", "gradientNorm");
      for (String parameter : List.of("a", "b")) {
        assertThat(value(measured, parameter, "clipNorm"))
            .isCloseTo(Math.hypot(a, b), within(1e-12));
      }
      assertThat(value(measured, "a", "tensorNorm"))
          .isCloseTo(0.1 * a / (Math.hypot(a, b) + 1e-6), within(1e-12));
      assertThat(value(measured(free), "b", "tensorNorm"))
          .isCloseTo(b / (Math.hypot(a, b) + 1e-6), within(1e-12));
    }
  }
}
