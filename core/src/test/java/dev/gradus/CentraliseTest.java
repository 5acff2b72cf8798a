package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mean of a row's gradient is taken out. */
class CentraliseTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 2 * 5;
  private static final List<Parameter> SHAPES =
      Run.parameters(Shape.of(ROWS, 2, 5), Shape.of(ROWS, COLUMNS), Shape.of(6), Shape.of());

  @Test
  void everyRowOfATensorLosesItsMeanAndVectorsStay() {
    try (Run run = Run.reference(Rules.parse("centralise"), SHAPES)) {
      for (int tensor = 0; tensor < SHAPES.size(); tensor++) {
        double[] before = run.weights(tensor);
        run.step();
        double[] gradients = run.gradients(tensor);
        double[] after = run.weights(tensor);
        for (int i = 0; i < before.length; i++) {
          double mean = tensor < 2 ? meanOfRow(gradients, i / COLUMNS) : 0;
          assertThat(before[i] - after[i])
              .isCloseTo(Run.LEARNING_RATE * (gradients[i] - mean), within(1e-15));
        }
      }
    }
  }

  private static double meanOfRow(double[] values, int row) {
    double sum = 0;
    for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
      sum += values[i];
    }
    return sum / COLUMNS;
  }
}
