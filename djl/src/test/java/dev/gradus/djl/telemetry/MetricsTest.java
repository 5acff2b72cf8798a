package dev.gradus.djl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final SequencedMap<String, Double> VALIDATION =
      new LinkedHashMap<>(Map.of("accuracy", 0.5));

  private static final List<Measurement> LINES =
      List.of(
          step(1),
          new Measurement.Skipped(2, 2, "the loss"),
          new Measurement.Epoch(2, 1, 2.5, 0.25, VALIDATION, true),
          step(3),
          step(4),
          new Measurement.Epoch(4, 2, 4.5, 0.125, VALIDATION, false));

  @TempDir Path folder;

  private static Measurement step(long step) {
    return new Measurement.Step(
        step, 1, step, 1.0 / step, 0.1, 1000, Map.of("w", Map.of("weightNorm", 2.0)));
  }

  private Path file() {
    return folder.resolve("run/metrics.jsonl");
  }

  @BeforeEach
  void write() {
    try (var writer = MetricsWriter.open(file(), 0)) {
      LINES.forEach(writer::append);
      writer.force();
    }
  }

  @Test
  void areReadAsTheyWereWritten() {
    assertThat(Metrics.read(file())).isEqualTo(LINES);
  }

  @Test
  void ofLaterStepsAreCutOffWhenARunGoesOn() {
    try (var writer = MetricsWriter.open(file(), 3)) {
      assertThat(writer.secondsBefore()).isEqualTo(3);
      assertThat(Metrics.read(file())).isEqualTo(LINES.subList(0, 4));
      writer.append(LINES.get(4));
      writer.append(LINES.get(5));
    }
    assertThat(Metrics.read(file())).isEqualTo(LINES);
  }

  @Test
  void ofAllStepsAreCutOffWhenARunBeginsAgain() {
    MetricsWriter.open(file(), 0).close();
    assertThat(Metrics.read(file())).isEmpty();
  }

  @Test
  void ofAnEpochAreNotWrittenTwice() throws IOException {
    var before = Files.readString(file());
    try (var writer = MetricsWriter.open(file(), 4)) {
      writer.append(LINES.get(5));
      writer.append(step(5));
    }
    assertThat(Files.readString(file())).startsWith(before);
    assertThat(Metrics.read(file())).hasSize(LINES.size() + 1);
  }

  @Test
  void endBeforeALineThatACrashHasCut() throws IOException {
    for (var rest : List.of("{\"kind\":\"st", "{\"kind\":\"step\"\n", "\0\0\0\0\n", "\n")) {
      Files.writeString(file(), rest, StandardOpenOption.APPEND);
      assertThat(Metrics.read(file())).isEqualTo(LINES);
      MetricsWriter.open(file(), 4).close();
      assertThat(Files.readString(file())).endsWith("\"best\":false}\n");
    }
  }

  @Test
  void haveTheFormatThatIsDocumented() throws IOException {
    assertThat(Files.readString(file(), StandardCharsets.UTF_8).lines())
        .startsWith(
            "{\"kind\":\"step\",\"step\":1,\"epoch\":1,\"seconds\":1.0,\"loss\":1.0,"
                + "\"learningRate\":0.1,\"examplesPerSecond\":1000.0,"
                + "\"measured\":{\"w\":{\"weightNorm\":2.0}}}",
            "{\"kind\":\"skipped\",\"step\":2,\"seconds\":2.0,\"notFinite\":\"the loss\"}",
            "{\"kind\":\"epoch\",\"step\":2,\"epoch\":1,\"seconds\":2.5,\"trainLoss\":0.25,"
                + "\"validation\":{\"accuracy\":0.5},\"best\":true}");
  }

  @Test
  void areNoneWhereThereIsNoFile() {
    assertThat(Metrics.read(folder.resolve("other"))).isEmpty();
  }
}
