package dev.gradus.cli.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void haveAboutFourDigits() {
    assertThat(Figures.number(0)).isEqualTo("0.0000");
    assertThat(Figures.number(0.00012345)).isEqualTo("1.235e-04");
    assertThat(Figures.number(0.5)).isEqualTo("0.5000");
    assertThat(Figures.number(-12.34567)).isEqualTo("-12.3457");
    assertThat(Figures.number(1234.5678)).isEqualTo("1234.6");
    assertThat(Figures.number(123_456_789)).isEqualTo("1.235e+08");
  }

  @Test
  void sharesAreInPercent() {
    assertThat(Figures.value("accuracy", 0.97654)).isEqualTo("97.65 %");
    assertThat(Figures.value("auc", 0.97654)).isEqualTo("0.9765");
  }

  @Test
  void timesAreThoseOfAClock() {
    assertThat(Figures.time(Duration.ofSeconds(-1))).isEqualTo("0:00");
    assertThat(Figures.time(Duration.ofSeconds(75))).isEqualTo("1:15");
    assertThat(Figures.time(Duration.ofSeconds(3 * 3600 + 62))).isEqualTo("3:01:02");
    assertThat(Figures.seconds(12.345)).isEqualTo("12.3 s");
    assertThat(Figures.seconds(123.6)).isEqualTo("2:04");
  }
}
