package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** The rate is in the buffer already, as published. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void atARateOfZeroOnlyABufferWithTheRateStillMoves(boolean inside, boolean still) {
    Pipeline lars = Rules.parse("lars(rateInside=" + inside + ")");
    Group group = Run.everything(lars).withSchedule((step, total) -> step < 2 ? 1 : 0);
    try (Run run = Run.reference(group, MATRIX).steps(2)) {
      double[] before = run.weights(0);
      run.step();
      assertThat(Arrays.equals(run.weights(0), before)).isEqualTo(still);
    }
  }

  private static double[] after(String pipeline) {
    try (Run run = Run.reference(Rules.parse(pipeline), MATRIX)) {
      return run.steps(10).weights(0);
    }
  }
}
