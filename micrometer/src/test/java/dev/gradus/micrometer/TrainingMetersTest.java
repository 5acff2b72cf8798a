package dev.gradus.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.TrainingEvent;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrainingMetersTest {
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final TrainingMeters meters = new TrainingMeters(registry, Tags.of("model", "fraud"));

  private static TrainingEvent started() {
    return new TrainingEvent.Started(0, 40, 4, 100, List.of());
  }

  private static TrainingEvent step(long number, double loss) {
    return new TrainingEvent.StepDone(
        number, number / 10, loss, 250, Duration.ZERO, 0.125, Map.of(), Duration.ZERO);
  }

  private static TrainingEvent epoch(double accuracy) {
    var validation = new LinkedHashMap<>(Map.of("accuracy", accuracy));
    return new TrainingEvent.EpochDone(10, 0, 0.75, validation, true, Duration.ZERO);
  }

  private double gauge(String name) {
    return registry.get(name).tag("model", "fraud").gauge().value();
  }

  @Test
  void showTheLatestStep() {
    assertThat(gauge("gradus.training.loss")).isNaN();
    meters.on(started());
    meters.on(step(8, 2));
    meters.on(step(9, 1.5));
    assertThat(gauge("gradus.training.loss")).isEqualTo(1.5);
    assertThat(gauge("gradus.training.learning.rate")).isEqualTo(0.125);
    assertThat(gauge("gradus.training.examples.per.second")).isEqualTo(250);
    assertThat(gauge("gradus.training.epoch")).isZero();
    assertThat(gauge("gradus.training.progress")).isEqualTo(0.25);
  }

  @Test
  void showTheLatestEpoch() {
    meters.on(started());
    meters.on(epoch(0.5));
    meters.on(epoch(0.875));
    assertThat(gauge("gradus.training.epoch")).isEqualTo(1);
    assertThat(gauge("gradus.training.epoch.loss")).isEqualTo(0.75);
    var accuracy = registry.get("gradus.validation").tag("metric", "accuracy").gauge();
    assertThat(accuracy.value()).isEqualTo(0.875);
  }

  @Test
  void timeStepsWithoutWhatLiesBetweenThem() {
    meters.on(started());
    clock.addSeconds(3);
    meters.on(step(0, 1));
    clock.addSeconds(60);
    meters.on(epoch(0.5));
    clock.addSeconds(5);
    meters.on(step(1, 1));
    var timer = registry.get("gradus.training.step").timer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(8);
  }

  @Test
  void countWhatIsLeftOutAndTimeCheckpoints() {
    meters.on(started());
    meters.on(new TrainingEvent.StepSkipped(0, "the loss", 1, Duration.ZERO));
    meters.on(new TrainingEvent.CheckpointWritten(1, Path.of("x"), Duration.ofSeconds(2)));
    assertThat(registry.get("gradus.training.skipped").counter().count()).isEqualTo(1);
    assertThat(registry.get("gradus.training.checkpoint").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(2);
  }

  @Test
  void areTakenOutOfTheRegistry() {
    meters.on(started());
    meters.on(epoch(0.5));
    assertThat(registry.getMeters()).hasSize(10);
    meters.close();
    assertThat(registry.getMeters()).isEmpty();
  }
}
