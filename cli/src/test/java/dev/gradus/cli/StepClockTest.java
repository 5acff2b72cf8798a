package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gradus.djl.TrainingEvent;
import dev.gradus.exchange.Traffic;
import java.time.Duration;
import java.util.List;
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
  void whatLiesBetweenEpochsAndAttemptsDoesNotCount() {
    steps(WARM_UP, 1);
    steps(3, 10);
    clock.on(new TrainingEvent.Exchanged(0, new Traffic(1, 0, 0, 0, List.of())));
    now += 5000;
    steps(2, 10);
    clock.on(new TrainingEvent.Started(2, 100, 1, 10, List.of()));
    now = 0;
    steps(3, 10);
    assertThat(clock.mean()).isCloseTo(0.01, withinPercentage(1e-6));
    assertThat(clock.median()).isCloseTo(0.01, withinPercentage(0.1));
  }

  @Test
  void nothingIsToldOfTheFirstSteps() {
    steps(WARM_UP, 7);
    assertThat(clock.mean()).isZero();
    assertThat(clock.median()).isZero();
  }
}
