package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.rule.Preconditioner;
import dev.gradus.safetensors.Dtype;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PreconditionerTest {
  private static final List<Parameter> PARAMETERS = Run.parameters(Shape.of(3, 5));

  private static Run run(String pipeline) {
    Pipeline kept = Rules.parse(pipeline).then(Pipeline.of(new Preconditioner()));
    return Run.of(kept, PARAMETERS, UnaryOperator.identity());
  }

  private static double[] state(Run run, String name) {
    return run.optimizer().state().stream()
        .filter(tensor -> tensor.name().endsWith("/" + name))
        .map(tensor -> Memory.read(tensor.data(), tensor.dtype() == Dtype.F32))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGradientMovesAStepOfSgdByItself() {
    try (Run run = run("sgd(momentum=0.9)").steps(3)) {
      assertThat(state(run, Preconditioner.STATE)).containsOnly(1);
    }
  }

  @Test
  void aGradientMovesAStepOfAdamByItsShareOverTheRoot() {
    try (Run run = run("adamw(beta1=0.8, beta2=0.95, epsilon=1e-3)").steps(4)) {
      double[] square = state(run, "v");
      double[] kept = state(run, Preconditioner.STATE);
      for (int i = 0; i < kept.length; i++) {
        double root = Math.sqrt(square[i] / (1 - Math.pow(0.95, 4)));
        double expected = 0.2 / (1 - Math.pow(0.8, 4)) / (root + 1e-3);
        assertThat(kept[i]).isCloseTo(expected, within(1e-5 * expected));
      }
    }
  }

  @Test
  void itFollowsTheChoicesOfAClip() {
    try (Run run = run("clip-value(1e-3)").steps(1)) {
      double[] gradient = run.gradients(0);
      double[] kept = state(run, Preconditioner.STATE);
      for (int i = 0; i < kept.length; i++) {
        assertThat(kept[i]).isEqualTo(Math.abs(gradient[i]) < 1e-3 ? 1 : 0);
      }
    }
  }

  @Test
  void aGradientOfZeroLeavesTheFactorAsItIs() {
    try (Run run = run("adamw")) {
      run.drawGradients(1);
      run.write(run.gradientMemory(0), 2, 0);
      run.optimizer().step(run);
      assertThat(state(run, Preconditioner.STATE)[2]).isEqualTo(1);
      run.steps(1);
      double[] known = state(run, Preconditioner.STATE);
      run.gradientMemory(0).fill((byte) 0);
      run.optimizer().step(run);
      assertThat(state(run, Preconditioner.STATE)).containsExactly(known);
    }
  }

  @Test
  void theStepStaysAsItIs() {
    try (Run plain = Run.of(Rules.parse("adamp"), PARAMETERS, UnaryOperator.identity()).steps(3);
        Run kept = run("adamp").steps(3)) {
      assertThat(kept.weights(0)).containsExactly(plain.weights(0));
    }
  }
}
