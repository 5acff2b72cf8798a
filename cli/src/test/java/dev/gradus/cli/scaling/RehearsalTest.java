package dev.gradus.cli.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalTest {

  @ParameterizedTest
  @CsvSource({"100, 400, false", "99, 3000, false", "100, 2000, true", "5000, 2000, true"})
  void measuresEnoughStepsForLongEnough(int steps, long milliseconds, boolean enough) {
    var length = new Rehearsal.Length(100, Duration.ofSeconds(2), Duration.ofSeconds(40));
    assertThat(length.isReached(steps, Duration.ofMillis(milliseconds))).isEqualTo(enough);
  }
}
