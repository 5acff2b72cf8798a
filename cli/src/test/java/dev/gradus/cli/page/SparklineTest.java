package dev.gradus.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.page.Sparkline.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
  private static final List<Point> HISTORY =
      List.of(new Point(1, 2), new Point(2, 1), new Point(3, 0));

  @Test
  void goesFromLeftToRightAndUpWithTheRate() {
    var curve = Sparkline.of(HISTORY, 3, 2, 3);
    assertThat(curve.path()).isEqualTo("4,4 80,20 156,36");
    assertThat(curve.one().y()).isEqualTo("20");
    assertThat(curve.mark()).hasToString("156,36");
  }

  @Test
  void marksTheMomentThatCounts() {
    assertThat(Sparkline.of(HISTORY, 3, 2, 2).mark()).hasToString("80,20");
    assertThat(Sparkline.of(HISTORY, 30, 2, 30).mark()).hasToString("14.48,36");
  }

  @Test
  void oneEpochIsAPoint() {
    var curve = Sparkline.of(List.of(new Point(1, 0.5)), 1, 1, 1);
    assertThat(curve.path()).isEqualTo("156,20");
    assertThat(curve.text()).isEqualTo("Rate 0.50 after epoch 1");
  }
}
