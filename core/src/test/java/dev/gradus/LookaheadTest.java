package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** When slow weights begin. */
class LookaheadTest {
  private static final List<Parameter> TWO = Run.parameters(Shape.of(3, 5), Shape.of(4));

  private static Run run(String pipeline) {
    return Run.of(Rules.parse(pipeline), TWO, UnaryOperator.identity());
  }

  /** As in timm: a tensor without a gradient in a synchronisation begins at its next. */
  @Test
  void aTensorsFirstSynchronisationChangesNothingWheneverItIs() {
    try (Run slow = run("sgd | lookahead(2)");
        Run fast = run("sgd")) {
      for (int step = 1; step <= 4; step++) {
        slow.setAbsent(1, step == 2);
        fast.setAbsent(1, step == 2);
        slow.step();
        fast.step();
      }
      assertThat(slow.weights(1)).isEqualTo(fast.weights(1));
      assertThat(slow.weights(0)).isNotEqualTo(fast.weights(0));
      slow.steps(2);
      fast.steps(2);
      assertThat(slow.weights(1)).isNotEqualTo(fast.weights(1));
    }
  }

  @Test
  void itMayBeginAtTheInitialWeights() {
    try (Run slow = run("sgd | lookahead(2, start=initial-weights)").steps(2);
        Run fast = run("sgd").steps(2)) {
      assertThat(slow.weights(0)).isNotEqualTo(fast.weights(0));
    }
  }
}
