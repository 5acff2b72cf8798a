package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.gradus.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstraintTest {

  /** What definitions give, computed by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "free; -2 0.5 3; -2 0.5 3",
        "non-negative; -2 0.5 3; 0 0.5 3",
        "l1(0.5); -2 0.1 3; -1.75 0 2.75",
        "box(low=-1, high=2); -2 0.5 3; -1 0.5 2",
        "simplex; 0.2 0.3 0.5; 0.2 0.3 0.5",
        "simplex; 2 0 0; 1 0 0",
        "simplex; 0.5 0.9 -3; 0.3 0.7 0",
        "signs; -2 0 3; -1 1 1",
        "levels(count=3, low=-1, high=1); -2 0.4 0.6; -1 0 1",
        "hard-threshold(1); -2 0.5 3; -2 0 3"
      })
  void movesValuesToWhereTheyMayBe(String text, String values, String expected) {
    try (var manager = NDManager.newBaseManager()) {
      var before = manager.create(numbers(values), new Shape(1, 3));
      float[] after = Constraint.parse(text).nearest(before, 0.5).toFloatArray();
      assertThat(after).containsExactly(numbers(expected), within(1e-6f));
    }
  }

  private static float[] numbers(String text) {
    var words = text.split(" ", -1);
    var numbers = new float[words.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(words[i]);
    }
    return numbers;
  }

  /** Singular values 3 and 1, so what is of rank one is the part of the first. */
  @Test
  void theNearestMatrixOfLowRankLosesTheSmallSingularValues() {
    try (var manager = NDManager.newBaseManager()) {
      // 3 · (1, 0, 0)ᵀ(0.6, 0.8) + 1 · (0, 1, 0)ᵀ(−0.8, 0.6)
      var matrix = manager.create(new float[] {1.8f, 2.4f, -0.8f, 0.6f, 0, 0}, new Shape(3, 2));
      assertThat(new Constraint.LowRank(1).nearest(matrix, 1).toFloatArray())
          .containsExactly(new float[] {1.8f, 2.4f, 0, 0, 0, 0}, within(1e-5f));
      assertThat(new Constraint.LowRank(2).nearest(matrix, 1)).isSameAs(matrix);
    }
  }

  /** The first two rows are the same, so they show one direction of the two that matter. */
  @Test
  void theNearestMatrixOfLowRankIsFoundWhicheverRowsComeFirst() {
    try (var manager = NDManager.newBaseManager()) {
      var matrix =
          manager.create(new float[] {1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0.1f}, new Shape(4, 3));
      assertThat(new Constraint.LowRank(2).nearest(matrix, 1).toFloatArray())
          .containsExactly(new float[] {1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0}, within(1e-5f));
    }
  }

  @Test
  void textIsReadBack() {
    for (var type : Constraint.CATALOGUE.types()) {
      Constraint usual = type.create(Map.of());
      assertThat(Constraint.parse(usual.toString())).isEqualTo(usual);
    }
    assertThat(Constraint.parse("l1(0.01)")).hasToString("l1(0.01)");
  }

  @Test
  void refusesWhatContainsNothing() {
    assertThatThrownBy(() -> new Constraint.Box(1, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "No value lies between 1.0 and 1.0; the low end of a box is below the high one.");
    assertThatThrownBy(() -> new Constraint.Levels(4, 2, 1)).isInstanceOf(UserException.class);
  }
}
