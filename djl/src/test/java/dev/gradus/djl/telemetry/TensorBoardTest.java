package dev.gradus.djl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.TrainingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(7), ZoneOffset.UTC);

  @TempDir Path folder;

  private static TrainingEvent started(long step) {
    return new TrainingEvent.Started(step, 10, 1, 5, List.of());
  }

  private static TrainingEvent step() {
    var measured = Map.of("a.weight", Map.of("gradientNorm", 3.0));
    return new TrainingEvent.StepDone(4, 0, 0.5, 100, Duration.ZERO, 0.25, measured, Duration.ZERO);
  }

  private static TrainingEvent epoch() {
    var validation = new LinkedHashMap<>(Map.of("accuracy", 0.75));
    return new TrainingEvent.EpochDone(6, 0, 0.125, validation, true, Duration.ZERO);
  }

  private void write(TrainingEvent... events) {
    try (var board = new TensorBoard(folder.resolve("new"), CLOCK)) {
      List.of(events).forEach(board::on);
    }
  }

  private byte[] written(int number) throws IOException {
    var name = "events.out.tfevents.0000000007." + number + ".gradus";
    return Files.readAllBytes(folder.resolve("new").resolve(name));
  }

  @FunctionalInterface
  private interface Content {
    void write(EventFile file) throws IOException;
  }

  private static byte[] expected(Content content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var file = new EventFile(out, 7)) {
      content.write(file);
    }
    return out.toByteArray();
  }

  @Test
  void writesStepsFromOneAndEpochs() throws IOException {
    write(started(0), step(), epoch());
    var loss = new LinkedHashMap<String, Double>();
    loss.put("train/loss", 0.5);
    loss.put("train/learningRate", 0.25);
    loss.put("train/examplesPerSecond", 100.0);
    loss.put("gradientNorm/a.weight", 3.0);
    var ended = new LinkedHashMap<String, Double>();
    ended.put("train/epochLoss", 0.125);
    ended.put("validation/accuracy", 0.75);
    assertThat(written(0))
        .isEqualTo(
            expected(
                file -> {
                  file.add(7, 5, loss);
                  file.add(7, 6, ended);
                }));
  }

  @Test
  void aResumedRunVoidsWhatWasToldOfLaterSteps() throws IOException {
    write(started(0));
    write(started(3));
    assertThat(written(0)).isEqualTo(expected(_ -> {}));
    assertThat(written(1)).isEqualTo(expected(file -> file.restart(7, 4)));
  }

  @Test
  void tellsWhereItCannotWrite() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    try (var board = new TensorBoard(file, CLOCK)) {
      assertThatThrownBy(() -> board.on(started(0)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("'" + file + "'");
    }
  }
}
