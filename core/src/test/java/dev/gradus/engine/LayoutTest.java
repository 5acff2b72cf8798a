package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  @ParameterizedTest
  @CsvSource({
    // rows, columns, by row, folds, columns of the layout, segment, segments per row, segments
    "1, 1, false, false, 1, 1, 1, 1",
    "3, 70000, false, false, 210000, 65536, 4, 4",
    "3, 70000, true, false, 70000, 65536, 2, 6",
    "3, 70000, false, true, 210000, 4096, 52, 52",
    "3, 70000, true, true, 70000, 4096, 18, 54",
    "300, 9, true, true, 9, 9, 1, 300",
    "300, 9, false, true, 2700, 2700, 1, 1",
    "2, 4096, true, true, 4096, 4096, 1, 2",
    "2, 4097, true, true, 4097, 4096, 2, 4"
  })
  void segmentsCoverRows(
      long rows,
      long columns,
      boolean byRow,
      boolean folds,
      long rowLength,
      int segmentLength,
      int perRow,
      int count) {
    assertThat(Layout.of(Shape.of(rows, columns), byRow, folds, Layout.UNIT))
        .isEqualTo(
            new Layout(
                rowLength, segmentLength, perRow, count, Math.max(1, 65536 / segmentLength)));
  }

  @Test
  void hugeTensorsDontOverflow() {
    assertThat(Layout.of(Shape.of(1L << 27, 3), true, true, Layout.UNIT).count())
        .isEqualTo(1 << 27);
    assertThat(Layout.of(Shape.of(1L << 40), true, true, Layout.UNIT).count()).isEqualTo(1 << 28);
    assertThat(Layout.of(Shape.of(1L << 20, 1L << 23), false, false, Layout.UNIT).count())
        .isEqualTo(1 << 27);
  }

  @Test
  void shortSegmentsArePackedIntoUnits() {
    assertThat(Layout.of(Shape.of(1000, 9), true, true, Layout.UNIT).segmentsPerUnit())
        .isEqualTo(65536 / 9);
    assertThat(Layout.of(Shape.of(70_000), true, false, Layout.UNIT).segmentsPerUnit())
        .isEqualTo(1);
  }
}
