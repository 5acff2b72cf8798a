package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The switches of AdaBelief that no trace turns, by what they promise. */
class AdaBeliefTest {
  private static final List<Parameter> MATRIX = Run.parameters(Shape.of(4, 30));

  private static Run run(String pipeline) {
    return Run.of(Rules.parse(pipeline), MATRIX, UnaryOperator.identity());
  }

  @Test
  void aFixedDecayIsADecoupledOneOverTheLearningRate() {
    double fixed = 0.001;
    try (Run run = run("adabelief(fixedDecay=true, weightDecay=" + fixed + ")").steps(8);
        Run expected = run("adabelief(weightDecay=" + fixed / Run.LEARNING_RATE + ")").steps(8)) {
      for (int i = 0; i < 120; i++) {
        assertThat(run.weights(0)[i]).isCloseTo(expected.weights(0)[i], within(1e-6));
      }
    }
  }

  @Test
  void withoutDegenerationNothingMovesUntilTheSquaresAreTrusted() {
    try (Run run = run("adabelief(degeneratedToSgd=false)")) {
      double[] start = run.weights(0);
      assertThat(run.steps(5).weights(0)).containsExactly(start);
      assertThat(run.steps(3).weights(0)).doesNotContain(start);
    }
  }

  /** In the first step m = (1 − beta1) g and s = (1 − beta2) (g − m)² + epsilon. */
  @Test
  void epsilonIsAddedToTheBeliefAndToItsRoot() {
    double epsilon = 0.01;
    var run =
        Run.reference(Rules.parse("adabelief(rectify=false, epsilon=" + epsilon + ")"), MATRIX);
    try (run) {
      double[] before = run.weights(0);
      run.step();
      for (int i = 0; i < 120; i++) {
        double gradient = run.gradients(0)[i];
        double belief = Math.pow(0.9 * gradient, 2) + epsilon / 0.001;
        double step = gradient / (Math.sqrt(belief) + epsilon);
        assertThat(before[i] - run.weights(0)[i])
            .isCloseTo(Run.LEARNING_RATE * step, within(1e-12));
      }
    }
  }

  /** As in timm, where the maximum is kept but not used. */
  @Test
  void rectifiedStepsDivideByTheMeanAndNotByItsMaximum() {
    try (Run largest = run("adabelief(amsgrad=true, beta2=0.9)").steps(12);
        Run mean = run("adabelief(beta2=0.9)").steps(12);
        Run plain = run("adabelief(amsgrad=true, beta2=0.9, rectify=false)").steps(12);
        Run plainMean = run("adabelief(beta2=0.9, rectify=false)").steps(12)) {
      assertThat(largest.weights(0)).isEqualTo(mean.weights(0));
      assertThat(plain.weights(0)).isNotEqualTo(plainMean.weights(0));
    }
  }
}
