package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What points against the gradient is left out. */
class CautionTest {
  /** The product of two such numbers vanishes in single precision. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-25})
  void everySignOfAPlainGradientAgrees(double size) {
    try (Run run = Run.of(Rules.parse("caution"), Run.parameters(Shape.of(50)), b -> b)) {
      run.optimizer().measureNextStep();
      assertThat(run.step(size).measured().getOrDefault("a", Map.of()))
          .containsEntry("agreement", 1.0);
    }
  }

  /** Of four weights the momentum of one points against its new gradient. */
  @Test
  void theRestIsScaledUp() {
    var parameters = Run.parameters(Shape.of(4));
    try (Run run = Run.of(Rules.parse("momentum(0.9) | caution"), parameters, b -> b)) {
      step(run, 1, 1, 1, 1);
      double[] before = run.weights(0);
      step(run, 1, 1, 1, -0.5);
      double step = Run.LEARNING_RATE * 1.9 / 0.75;
      assertThat(run.weights(0))
          .containsExactly(
              new double[] {before[0] - step, before[1] - step, before[2] - step, before[3]},
              within(1e-6));
    }
  }

  private static void step(Run run, double... gradients) {
    for (int i = 0; i < gradients.length; i++) {
      run.write(run.gradientMemory(0), i, gradients[i]);
    }
    run.optimizer().step(run);
  }
}
