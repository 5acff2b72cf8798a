package dev.gradus.djl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.equation.Shape;
import dev.gradus.exchange.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("run/metrics.jsonl");
  }

  private static TrainingEvent started(long step) {
    return new TrainingEvent.Started(step, 4, 2, 100, List.of());
  }

  private static TrainingEvent step(long number, double loss) {
    var measured = Map.of("w", Map.of("norm", 2.0));
    return new TrainingEvent.StepDone(
        number, number / 2, loss, 100, Duration.ZERO, 0.25, measured, Duration.ofMillis(500));
  }

  private static TrainingEvent epoch(long number) {
    var validation = new LinkedHashMap<>(Map.of("loss", Double.POSITIVE_INFINITY));
    return new TrainingEvent.EpochDone(
        2 * number + 2, number, 0.5, validation, true, Duration.ofSeconds(3));
  }

  @Test
  void tellsStepsAndEpochsFromOne() {
    try (var log = new MetricsLog(file())) {
      log.on(started(0));
      log.on(step(0, Double.NaN));
      log.on(new TrainingEvent.StepSkipped(1, "the loss", 1, Duration.ofSeconds(2)));
      log.on(epoch(0));
      log.on(new TrainingEvent.Exchanged(2, new Traffic(2, 0, 0, 0, List.of())));
    }
    var told = Metrics.read(file());
    assertThat(told.stream().map(Measurement::seconds)).containsExactly(0.5, 2.0, 3.0, 3.0);
    var first = (Measurement.Step) told.get(0);
    assertThat(first.step()).isEqualTo(1);
    assertThat(first.epoch()).isEqualTo(1);
    assertThat(first.loss()).isNaN();
    assertThat(first.measured()).isEqualTo(Map.of("w", Map.of("norm", 2.0)));
    assertThat(((Measurement.Skipped) told.get(1)).step()).isEqualTo(2);
    var epoch = (Measurement.Epoch) told.get(2);
    assertThat(epoch.epoch()).isEqualTo(1);
    assertThat(epoch.validation()).containsEntry("loss", Double.POSITIVE_INFINITY);
  }

  @Test
  void tellsWhatWorkersSentOfEachParameter() {
    var weight = new Parameter("w", Shape.of(10, 10), ParameterType.WEIGHT);
    var traffic = new Traffic(4, 0, 0, 160, List.of(new Traffic.Packed(weight, 80)));
    try (var log = new MetricsLog(file())) {
      log.on(started(0));
      log.on(new TrainingEvent.Exchanged(4, traffic));
    }
    var told = (Measurement.Exchange) Metrics.read(file()).getFirst();
    assertThat(told.step()).isEqualTo(4);
    assertThat(told.bytesPerStep()).isEqualTo(40);
    assertThat(told.compression()).isEqualTo(20);
    assertThat(told.tensors()).isEqualTo(Map.of("w", 20.0));
  }

  @Test
  void whatIsNotFiniteIsAText() throws IOException {
    try (var log = new MetricsLog(file())) {
      log.on(started(0));
      log.on(step(0, Double.NaN));
      log.on(epoch(0));
    }
    assertThat(Files.readString(file()))
        .contains("\"loss\":\"NaN\"", "\"validation\":{\"loss\":\"Infinity\"}");
  }

  @Test
  void aResumedRunGoesOnInTheSameFileAndTime() {
    try (var writer = MetricsWriter.open(file(), 0)) {
      for (long step = 1; step <= 4; step++) {
        writer.append(new Measurement.Step(step, 1, 1000 * step, 1, 0.25, 100, Map.of()));
      }
    }
    try (var log = new MetricsLog(file())) {
      log.on(started(2));
      log.on(step(2, 3));
    }
    var told = Metrics.read(file());
    assertThat(told.stream().map(Measurement::step)).containsExactly(1L, 2L, 3L);
    assertThat(told.get(2).seconds()).isEqualTo(2000.5);
    assertThat(((Measurement.Step) told.get(2)).loss()).isEqualTo(3);
  }
}
