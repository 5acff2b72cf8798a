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
