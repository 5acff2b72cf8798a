package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  private final Pace pace = new Pace();

  @Test
  void followsTheStepsOfLate() {
    made(5, 2);
    made(100, 1);
    assertThat(pace.examplesPerSecond()).isCloseTo(8, within(0.01));
    assertThat(pace.remaining(10)).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_010));
  }

  @Test
  void forgetsTheSlowFirstSteps() {
    made(1, 1000);
    made(5, 1);
    assertThat(pace.remaining(60)).isEqualTo(Duration.ofMinutes(1));
  }

  private void made(int steps, int seconds) {
    for (int i = 0; i < steps; i++) {
      pace.made(seconds * SECOND, 8);
    }
  }
}
