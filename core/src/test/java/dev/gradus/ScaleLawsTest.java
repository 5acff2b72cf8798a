package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.State;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How rules follow the scale of the loss and of the weights, in double precision. */
class ScaleLawsTest {
  private static final List<Parameter> MATRICES =
      Run.parameters(Shape.of(4, 6), Shape.of(3, 2, 3, 3), Shape.of(7));
  private static final int STEPS = 6;
  private static final int FACTOR = 8;

  /** Optimizers whose step has one degree in all steps. */
  private static final List<String> EVEN =
      List.of("sgd", "adam", "nadam", "rmsprop", "adagrad", "adadelta", "lion", "novograd", "rsg");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "novograd(epsilon=0)",
        "novograd(epsilon=0, amsgrad=true, gradAveraging=true)",
        "novograd(epsilon=0, luc=true)",
        "adam(epsilon=0)",
        "lion",
        "rmsprop(epsilon=0, centered=true)",
        "lamb(epsilon=0, maxGradNorm=∞)",
        "sgd | trust-ratio"
      })
  void aLossAThousandTimesAsLargeMakesNoDifference(String pipeline) {
    assertThat(after(pipeline, 1000)).containsExactly(after(pipeline, 1), within(1e-12));
    assertThat(after("sgd", 1000)).isNotEqualTo(after("sgd", 1));
  }

  private static double[] after(String pipeline, double scale) {
    try (Run run = Run.reference(Rules.parse(pipeline), MATRICES)) {
      run.optimizer().gradientScale(scale);
      return run.steps(STEPS).weights(0);
    }
  }

  /** Every rule without its decay and its floors, and momentum and look-ahead over some. */
  static Stream<Pipeline> pipelines() {
    return Rules.CATALOGUE.types().stream()
        .flatMap(
            type -> {
              String alone = withoutFloors(type);
              return EVEN.contains(type.name())
                  ? Stream.of(alone, alone + " | momentum as x", alone + " | remote as x")
                  : Stream.of(alone);
            })
        .map(Rules::parse);
  }

  private static String withoutFloors(RecordType<? extends Rule> type) {
    var settings = new ArrayList<String>();
    for (Option option : type.options()) {
      if (option.name().equals("epsilon")) {
        settings.add("epsilon=" + (option.range().startsWith("[") ? "0" : "1e-60"));
      } else if (option.name().equals("weightDecay")) {
        settings.add("weightDecay=0");
      }
    }
    return type.name() + "(" + String.join(", ", settings) + ")";
  }

  /**
   * Where the length of a weight has no effect, a weight an eighth as long sees gradients eight
   * times as large. A learning rate of 0 keeps the weights in that proportion.
   */
  @ParameterizedTest
  @MethodSource("pipelines")
  void statesGrowByTheirDegree(Pipeline pipeline) {
    Group still = Group.all(pipeline, 0);
    try (Run longer = Run.reference(still, MATRICES);
        Run shorter = Run.reference(still, MATRICES)) {
      for (int i = 0; i < MATRICES.size(); i++) {
        double[] weights = shorter.weights(i);
        for (int k = 0; k < weights.length; k++) {
          shorter.write(shorter.weight(i), k, weights[k] / FACTOR);
        }
      }
      for (int step = 0; step < STEPS; step++) {
        longer.step(1.0 / 1024);
        shorter.step(FACTOR / 1024.0);
      }
      for (Parameter p : MATRICES) {
        Equations.of(pipeline, p.shape()).states().keySet().stream()
            .filter(state -> state.initial() != Facts.WEIGHT)
            .forEach(state -> requireGrown(p.name() + "/" + state.name(), state, longer, shorter));
      }
    }
  }

  private static void requireGrown(String name, State state, Run longer, Run shorter) {
    double[] expected = values(longer, name);
    double[] actual = values(shorter, name);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double factor = Math.pow(FACTOR, state.degree());
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i] / factor).as(name).isCloseTo(expected[i], within(1e-9 * largest));
    }
  }

  private static double[] values(Run run, String name) {
    Tensor state =
        run.optimizer().state().stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .orElseThrow();
    return Memory.read(state.data(), state.dtype() == Dtype.F32);
  }
}
