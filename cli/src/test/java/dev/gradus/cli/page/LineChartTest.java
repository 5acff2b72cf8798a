package dev.gradus.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.page.LineChart.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {

  @Test
  void anAxisOfPowersOfTenReachesAroundItsValues() {
    var axis = Axis.around(30, 45_000);
    assertThat(axis.ticks())
        .extracting(LineChart.Tick::text)
        .containsExactly("10", "100", "1k", "10k", "100k");
    assertThat(axis.place(10)).isEqualTo(Coordinate.text(LineChart.BOTTOM));
    assertThat(axis.place(100_000)).isEqualTo(Coordinate.text(LineChart.TOP));
    assertThat(axis.place(1000))
        .isEqualTo(Coordinate.text((LineChart.TOP + LineChart.BOTTOM) / 2.0));
  }

  @Test
  void aLineRunsFromTheFirstTeamToTheLast() {
    var line = LineChart.line("line0", List.of(1.0, 0.5, 0.0), Axis.SHARES);
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
  }

  @Test
  void workersDoubleFromMarkToMark() {
    assertThat(LineChart.workers(10))
        .extracting(LineChart.Tick::text)
        .containsExactly("1", "4", "16", "64", "256", "1,024");
  }
}
