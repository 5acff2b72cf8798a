package dev.gradus.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.TrainingEvent;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrainingMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TrainingMeters meters = new TrainingMeters(registry, Tags.of("model", "fraud"));

  private static TrainingEvent started() {
    return new TrainingEvent.Started(0, 40, 4, 100, List.of());
  }

  private static TrainingEvent step(long number, double loss) {
    return step(number, loss, 0);
  }

  private static TrainingEvent step(long number, double loss, long seconds) {
    var elapsed = Duration.ofSeconds(seconds);
    return new TrainingEvent.StepDone(
        number, number / 10, loss, 250, Duration.ZERO, 0.125, Map.of(), elapsed);
  }

  private static TrainingEvent epoch(double accuracy) {
    return epoch(accuracy, 0);
  }

  private static TrainingEvent epoch(double accuracy, long seconds) {
    var validation = new LinkedHashMap<>(Map.of("accuracy", accuracy));
    var elapsed = Duration.ofSeconds(seconds);
    return new TrainingEvent.EpochDone(10, 0, 0.75, validation, true, elapsed);
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
    meters.on(step(0, 1, 30));
    meters.on(step(1, 1, 33));
    meters.on(epoch(0.5, 100));
    meters.on(new TrainingEvent.CheckpointWritten(2, Path.of("x"), Duration.ofSeconds(7)));
    meters.on(step(2, 1, 112));
    meters.on(new TrainingEvent.StepSkipped(3, "the loss", 1, Duration.ofSeconds(150)));
    meters.on(step(4, 1, 151));
    meters.on(started());
    meters.on(step(4, 1, 20));
    var timer = registry.get("gradus.training.step").timer();
    assertThat(timer.count()).isEqualTo(3);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(3 + 5 + 1);
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
