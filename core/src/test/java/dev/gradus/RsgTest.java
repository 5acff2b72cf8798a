package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RSG's authors prove of it, in double precision. */
class RsgTest {
  private static final List<Parameter> MATRIX = Run.parameters(Shape.of(3, 5));
  private static final int STEPS = 60;

  private static Run run(String pipeline, double rate) {
    return Run.reference(Group.all(Rules.parse(pipeline), rate), MATRIX);
  }

  /** RSG takes a mean where PyTorch takes a sum, so its rate is 1 ÷ (1 − beta) times as large. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rsg(beta1=0.9, mu=0); 1; sgd(momentum=0.9); 0.1",
        "rsg(beta1=0.9, mu=0.1); 1; sgd(momentum=0.9, nesterov=true); 0.1",
        "rsg(beta1=0.9, mu=1); 1; sgd; 1"
      })
  void heavyBallAndNesterovAreSpecialCases(
      String rsg, double rate, String other, double rateOfOther) {
    try (Run run = run(rsg, rate).steps(STEPS);
        Run expected = run(other, rateOfOther).steps(STEPS)) {
      assertThat(run.weights(0)).containsExactly(expected.weights(0), within(1e-12));
    }
  }

  /** Accelerated SGD with short step 0.005, condition number 100 and advantage 4. */
  @Test
  void acceleratedSgdIsASpecialCase() {
    double shortStep = 0.005;
    double condition = 100;
    double share = 0.49 * 4 / condition;
    double kept = 1 - share;
    double whole = share + 0.7;
    double beta = 0.7 * kept / whole;
    double direct = shortStep * (0.49 + share * share * condition) / (0.7 * whole);
    double remembered = share * kept / whole * (share * condition * shortStep / 0.7 - direct);
    double rate = direct + remembered / (1 - beta);
    double mu = 1 - remembered / (rate * beta * (1 - beta));
    assertThat(beta).isCloseTo(0.9536965, within(1e-7));
    assertThat(rate).isCloseTo(0.01029412, within(1e-8));
    assertThat(mu).isCloseTo(0.48571429, within(1e-8));
    try (Run run = run("rsg(beta1=" + beta + ", mu=" + mu + ")", rate)) {
      double[] weights = run.weights(0);
      double[] means = weights.clone();
      for (int step = 0; step < STEPS; step++) {
        run.step();
        double[] gradients = run.gradients(0);
        for (int i = 0; i < weights.length; i++) {
          double far = weights[i] - condition * shortStep * gradients[i] / 0.7;
          means[i] = kept * means[i] + share * far;
          double near = weights[i] - shortStep * gradients[i];
          weights[i] = (0.7 * near + share * means[i]) / whole;
        }
      }
      assertThat(run.weights(0)).containsExactly(weights, within(1e-12));
    }
  }

  /** On a parabola of curvature 1 it converges below 2 (1 + beta) ÷ (1 − beta + 2 beta mu). */
  @ParameterizedTest
  @CsvSource({"0.9, 0, 38", "0.9, 0.1, 13.571429", "0.99, 0.1, 19.134615"})
  void itIsStableUpToTheProvenRate(double beta, double mu, double bound) {
    assertThat(2 * (1 + beta) / (1 - beta + 2 * beta * mu)).isCloseTo(bound, within(1e-6));
    assertThat(norm(beta, mu, 0.98 * bound)).isLessThan(1e-3);
    assertThat(norm(beta, mu, 1.02 * bound)).isGreaterThan(1e3);
  }

  private static double norm(double beta, double mu, double rate) {
    try (Run run = run("rsg(beta1=" + beta + ", mu=" + mu + ")", rate)) {
      for (int step = 0; step < 10_000; step++) {
        run.gradientMemory(0).copyFrom(run.weight(0));
        run.optimizer().step(run);
      }
      return Math.sqrt(Arrays.stream(run.weights(0)).map(w -> w * w).sum());
    }
  }
}
