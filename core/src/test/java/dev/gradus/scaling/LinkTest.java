package dev.gradus.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTest {

  @Test
  void readsBandwidthAndTimes() {
    assertThat(Link.parse("100mbit")).isEqualTo(new Link(1e8, 1e-4, 2e-5));
    assertThat(Link.parse("1.5Gbit,latency=0.5ms")).isEqualTo(new Link(1.5e9, 5e-4, 2e-5));
    assertThat(Link.parse("9600bit,message=4us,latency=1s")).isEqualTo(new Link(9600, 1, 4e-6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100mb | The link '100mb' has the bandwidth '100mb'; write a number and its unit, such as"
            + " 100mbit.",
        "100 | The link '100' has the bandwidth '100'; write a number and its unit, such as"
            + " 100mbit.",
        "0mbit | A link of 0 bits per second carries nothing; give more, such as 100mbit.",
        "1gbit,latency=3 | The link '1gbit,latency=3' has the time '3'; write a number and its"
            + " unit, such as 0.5ms.",
        "1gbit,latncy=3ms | The link '1gbit,latncy=3ms' has no setting 'latncy'; did you mean"
            + " 'latency'?",
      })
  void refusesWhatIsNoLinkInASentence(String text, String sentence) {
    assertThatThrownBy(() -> Link.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  /** What is found is what a team was connected by. */
  @Test
  void isFoundByTwoMeasurements() {
    var link = new Link(1e8, 0.003, 2e-5);
    double few = 0.003 + 2 * 3 * 2e-5;
    double many = few + link.seconds(3 * 250_000, 0);
    var found = Link.measured(4, few, 250_000, many);
    assertThat(found.bitsPerSecond()).isCloseTo(1e8, within(1.0));
    assertThat(found.latency()).isCloseTo(0.003, within(1e-9));
    assertThat(Link.measured(2, 1e-6, 10, 1e-6).latency()).isZero();
  }

  @Test
  void isToldInWords() {
    assertThat(Link.parse("100mbit,latency=0.5ms")).hasToString("100 Mbit/s, latency 0.5 ms");
    assertThat(Link.parse("2.5gbit,latency=50us")).hasToString("2.5 Gbit/s, latency 0.05 ms");
    assertThat(Link.bandwidth(56_000)).isEqualTo("56 kbit/s");
  }
}
