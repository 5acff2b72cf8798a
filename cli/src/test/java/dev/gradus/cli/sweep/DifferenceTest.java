package dev.gradus.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final double EXACT = 1e-12;

  /**
   * The extra sleep of ten patients under two drugs (Student, "The probable error of a mean",
   * 1908). Textbooks give the paired 95 % interval as 0.70 to 2.46 around 1.58.
   */
  @Test
  void agreesWithStudentsSleepData() {
    double[] first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    double[] second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    var difference = Difference.between(bySeed(second), bySeed(first));
    assertThat(difference.pairs()).isEqualTo(10);
    assertThat(difference.mean()).isCloseTo(1.58, within(EXACT));
    assertThat(difference.low()).isCloseTo(0.7001142, within(1e-6));
    assertThat(difference.high()).isCloseTo(2.4598858, within(1e-6));
  }

  private static Map<Long, Double> bySeed(double[] figures) {
    var bySeed = new LinkedHashMap<Long, Double>();
    for (int seed = 0; seed < figures.length; seed++) {
      bySeed.put((long) seed, figures[seed]);
    }
    return bySeed;
  }

  @Test
  void countsOnlySeedsThatBothHave() {
    var difference =
        Difference.between(Map.of(1L, 5.0, 2L, 8.0, 3L, 100.0), Map.of(1L, 4.0, 2L, 5.0));
    assertThat(difference.pairs()).isEqualTo(2);
    assertThat(difference.mean()).isCloseTo(2.0, within(EXACT));
  }

  /** With two pairs Student's t has one degree of freedom: its quantile is tan(0.475 π). */
  @Test
  void isWideForTwoPairsAndHasNoEndsForOne() {
    var two = Difference.between(Map.of(1L, 1.0, 2L, 3.0), Map.of(1L, 0.0, 2L, 0.0));
    assertThat(two.high() - two.mean()).isCloseTo(Math.tan(0.475 * Math.PI), within(1e-9));
    var one = Difference.between(Map.of(1L, 1.0), Map.of(1L, 0.5));
    assertThat(one.mean()).isEqualTo(0.5);
    assertThat(one.low()).isNaN();
    assertThat(one.high()).isNaN();
  }

  @Test
  void aSpreadOfOneFigureHasNoDeviation() {
    assertThat(Spread.of(2.0)).isEqualTo(new Spread(1, 2.0, Double.NaN));
    assertThat(Spread.of(1, 3)).isEqualTo(new Spread(2, 2, Math.sqrt(2)));
    assertThat(Spread.of().mean()).isNaN();
  }
}
