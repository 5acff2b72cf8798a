package dev.gradus.equation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void theFirstDimensionIsTheRow() {
    assertThat(Shape.of(4, 3, 2)).matches(s -> s.rows() == 4 && s.columns() == 6 && s.size() == 24);
  }

  @Test
  void aVectorAndASingleNumberAreOneRow() {
    assertThat(Shape.of(5)).matches(s -> s.rows() == 1 && s.columns() == 5 && s.rank() == 1);
    assertThat(Shape.of()).matches(s -> s.rows() == 1 && s.columns() == 1 && s.rank() == 0);
  }

  @Test
  void levelsHaveTheirCounts() {
    Shape shape = Shape.of(4, 3);
    assertThat(shape.count(Level.ELEMENT)).isEqualTo(12);
    assertThat(shape.count(Level.ROW)).isEqualTo(4);
    assertThat(shape.count(Level.TENSOR)).isEqualTo(1);
  }

  @Test
  void impossibleShapesAreRefused() {
    assertThatThrownBy(() -> Shape.of(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A dimension of shape [3, 0] is below 1.");
    assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Shape [1099511627776, 1073741824] has too many weights.");
    assertThat(Shape.of(Long.MAX_VALUE, 1).size()).isEqualTo(Long.MAX_VALUE);
  }
}
