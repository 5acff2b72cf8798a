package dev.gradus.cli.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Group;
import dev.gradus.Rules;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LandscapeChartTest {

  @ParameterizedTest
  @FieldSource("dev.gradus.cli.toy.Landscape#ALL")
  void contoursLieAtTheirHeight(Landscape landscape) {
    var contours = new Contours(landscape);
    for (double level : Arrays.stream(contours.levels()).skip(2).toArray()) {
      var points =
          contours.lines(level).stream()
              .flatMap(List::stream)
              .filter(LandscapeChartTest::isFarFromTheCentre)
              .toList();
      assertThat(points).hasSizeGreaterThan(10);
      assertThat(points)
          .allSatisfy(
              p ->
                  assertThat(landscape.value(p))
                      .isCloseTo(level, within(0.02 + 0.1 * Math.abs(level))));
    }
  }

  /** There all contours of directions meet. */
  private static boolean isFarFromTheCentre(Point point) {
    return Math.hypot(point.x(), point.y()) > 0.3;
  }

  @Test
  void aContourAroundTheLowestPointIsOneClosedLine() {
    var lines = new Contours(Landscape.BOWL).lines(8);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().getFirst()).isEqualTo(lines.getFirst().getLast());
  }

  @Test
  void theLegendNamesWhatAReaderMustKnow() {
    var walk = Walk.of(Landscape.BOWL, Group.all(Rules.parse("adam | project"), 0.25));
    var chart = LandscapeChart.of(List.of(walk, walk2()));
    var named =
        chart.getSeriesMap().values().stream()
            .filter(series -> series.isShowInLegend())
            .map(series -> series.getLabel());
    assertThat(named)
        .containsExactly(
            "adam | project, rate 0.25", "end", "sgd, rate 0.10", "start", "lowest point");
  }

  private static Walk walk2() {
    return Walk.of(Landscape.BOWL, Group.all(Rules.parse("sgd"), 0.1));
  }

  @Test
  void theBestRateStaysInThePicture() {
    var best = BestRate.walk(Landscape.ROSENBROCK, Rules.parse("sgd"));
    assertThat(best.group().learningRate()).isBetween(1e-4, 1e-2);
    assertThat(best.points()).allMatch(Landscape.ROSENBROCK.window()::contains);
    assertThat(Landscape.ROSENBROCK.value(best.end()))
        .isLessThan(Landscape.ROSENBROCK.value(Landscape.ROSENBROCK.start()) / 100);
  }
}
