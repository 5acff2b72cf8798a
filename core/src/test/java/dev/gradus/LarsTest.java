package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both places of the learning rate. */
class LarsTest {
  private static final List<Parameter> MATRIX = Run.parameters(Shape.of(3, 5));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trustCoefficient=1",
        "trustCoefficient=1, nesterov=true",
        "trustCoefficient=1, dampening=0.3",
        "trustCoefficient=1, trustClip=true, momentum=0"
      })
  void atAConstantRateItsPlaceDoesNotMatter(String options) {
    assertThat(after("lars(rateInside=true, " + options + ")"))
        .containsExactly(after("lars(" + options + ")"), within(1e-12));
  }

  private static double[] after(String pipeline) {
    try (Run run = Run.reference(Rules.parse(pipeline), MATRIX)) {
      return run.steps(10).weights(0);
    }
  }
}
