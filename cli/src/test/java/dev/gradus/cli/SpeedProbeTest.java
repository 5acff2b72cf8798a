package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.djl.TrainingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedProbeTest {
  private long nanos;

  /** Steps of an epoch of ten, the first of another length than the rest. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.1, 1", "1.5, 0.4, 4", "3, 9, 30"})
  void stepsBehindTheFirstSecondTellHowLongAnEpochTakes(
      double firstStep, double step, double epoch) {
    var probe = new SpeedProbe(() -> nanos);
    probe.on(new TrainingEvent.Started(0, 40, 4, 100, List.of()));
    take(probe, firstStep);
    while (!probe.isOver()) {
      take(probe, step);
    }
    assertThat(probe.secondsPerEpoch()).isCloseTo(epoch, within(1e-6));
  }

  private void take(SpeedProbe probe, double seconds) {
    nanos += Math.round(1e9 * seconds);
    probe.on(new TrainingEvent.StepDone(0, 0, 1, 1, Duration.ZERO, 0.1, Map.of(), Duration.ZERO));
  }
}
