package dev.gradus.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
  @Test
  void powersOfTenReachAroundTheirValues() {
    var axis = Axis.powers(30, 45_000);
    assertThat(axis.marks())
        .extracting(Axis.Mark::text)
        .containsExactly("10", "100", "1k", "10k", "100k");
    assertThat(axis.part(10)).isZero();
    assertThat(axis.part(100_000)).isEqualTo(1);
    assertThat(axis.part(1000)).isCloseTo(0.5, within(1e-12));
    assertThat(axis.has(0)).isFalse();
  }

  @Test
  void roundNumbersReachAroundTheirValues() {
    assertThat(Axis.around(0.913, 0.978, Axis::shortened).marks())
        .extracting(Axis.Mark::text)
        .containsExactly("0.9", "0.92", "0.94", "0.96", "0.98");
    assertThat(Axis.around(5, 5, Axis::shortened).part(5)).isBetween(0.0, 1.0);
  }

  @Test
  void workersDoubleFromMarkToMark() {
    assertThat(Axis.doublings(10).marks())
        .extracting(Axis.Mark::text)
        .containsExactly("1", "4", "16", "64", "256", "1,024");
  }

  @Test
  void smallNumbersAreShort() {
    assertThat(Axis.shortened(0.00001)).isEqualTo("1e-05");
    assertThat(Axis.shortened(0.0005)).isEqualTo("0.0005");
    assertThat(Axis.shortened(0.015)).isEqualTo("0.015");
    assertThat(Axis.shortened(0.9982)).isEqualTo("0.9982");
    assertThat(Axis.shortened(-0.1 - 0.2)).isEqualTo("-0.3");
    assertThat(Axis.shortened(20_000)).isEqualTo("20k");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void anAxisHasAnEnd(double end) {
    assertThatThrownBy(() -> Axis.upTo(end)).hasMessage("An axis cannot reach from or to " + end);
    assertThatThrownBy(() -> Axis.powers(end, 1)).hasMessageContaining("cannot reach");
  }
}
