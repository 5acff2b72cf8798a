package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gradus.djl.TrainingEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepClockTest {
  private static final int WARM_UP = 20;

  private long now;
  private final StepClock clock = new StepClock();

  private void steps(int count, long milliseconds) {
    for (int step = 0; step < count; step++) {
      now += milliseconds;
      clock.on(new TrainingEvent.StepSkipped(step, "the loss", 0, Duration.ofMillis(now)));
    }
  }

  @Test
  void fewSlowStepsMoveTheMeanAlone() {
    steps(WARM_UP, 900);
    steps(9, 10);
    steps(3, 110);
    assertThat(clock.mean()).isCloseTo((9 * 0.01 + 3 * 0.11) / 12, withinPercentage(1e-6));
    assertThat(clock.median()).isCloseTo(0.01, withinPercentage(0.1));
  }

  @Test
  void halfOfTheStepsAreNoLonger() {
    steps(WARM_UP, 1);
    steps(2, 40);
    steps(3, 20);
    steps(2, 30);
    assertThat(clock.median()).isCloseTo(0.03, withinPercentage(0.1));
  }

  @Test
  void nothingIsToldOfTheFirstSteps() {
    steps(WARM_UP, 7);
    assertThat(clock.mean()).isZero();
    assertThat(clock.median()).isZero();
  }
}
