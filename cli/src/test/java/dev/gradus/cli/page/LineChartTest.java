package dev.gradus.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.page.LineChart.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static final LineChart.Pen PEN = LineChart.Pen.of(0, "adam");
  private static final Axis WIDE = Axis.around(0, 10, Axis::shortened);

  @Test
  void aLineRunsFromTheFirstPointToTheLast() {
    var points = List.of(Point.bare(0, 1), Point.bare(5, 0.5), Point.bare(10, 0));
    var line = LineChart.line(PEN, points, WIDE, Axis.shares());
    double middle = (LineChart.LEFT + LineChart.RIGHT) / 2.0;
    double half = (LineChart.TOP + LineChart.BOTTOM) / 2.0;
    assertThat(line.path())
        .isEqualTo(
            "%d,%d %s,%s %d,%d"
                .formatted(
                    LineChart.LEFT,
                    LineChart.TOP,
                    Coordinate.text(middle),
                    Coordinate.text(half),
                    LineChart.RIGHT,
                    LineChart.BOTTOM));
    assertThat(line.band()).isEmpty();
    assertThat(line.points()).isEmpty();
  }

  @Test
  void aBandGoesOutAboveAndComesBackBelow() {
    var points =
        List.of(
            new Point(0, 0.5, 0, 1, "here", "half"), new Point(10, 0.5, 0.5, 0.5, "there", "same"));
    var line = LineChart.line(PEN, points, WIDE, Axis.shares());
    assertThat(line.band()).isEqualTo("60,16 492,132 492,132 60,248");
    assertThat(line.points()).isEqualTo("60|132|here|half;492|132|there|same");
  }

  @Test
  void pointsWithoutAPlaceAreLeftOut() {
    var points = List.of(Point.bare(0, Double.NaN), Point.bare(5, 0.5));
    assertThat(LineChart.line(PEN, points, WIDE, Axis.shares()).path()).isEqualTo("276,132");
    var powers = Axis.powers(0.1, 1);
    assertThat(LineChart.line(PEN, List.of(Point.bare(0, -1)), WIDE, powers).path()).isEmpty();
  }

  @Test
  void longLinesAreThinnedAndKeepTheirEnd() {
    var points = IntStream.rangeClosed(0, 10_000).mapToObj(i -> Point.bare(i / 1e3, 1)).toList();
    var path = LineChart.line(PEN, points, WIDE, Axis.shares()).path().split(" ");
    assertThat(path).hasSizeBetween(60, 121);
    assertThat(path[path.length - 1]).isEqualTo("492,16");
  }
}
