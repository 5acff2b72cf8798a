package dev.gradus.djl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochTableTest {
  private static final String HEADER =
      "epoch,step,seconds,learningRate,trainLoss,best,validation.loss";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("run/epochs.csv");
  }

  private static TrainingEvent started(long step) {
    return new TrainingEvent.Started(step, 40, 4, 100, List.of());
  }

  private static TrainingEvent step(double rate) {
    return new TrainingEvent.StepDone(0, 0, 1, 100, Duration.ZERO, rate, Map.of(), Duration.ZERO);
  }

  private static TrainingEvent epoch(long number, Map<String, Double> validation) {
    return new TrainingEvent.EpochDone(
        10 * number + 10,
        number,
        0.5,
        new LinkedHashMap<>(validation),
        true,
        Duration.ofMillis(1500 * (number + 1)));
  }

  @Test
  void hasARowForEachEpoch() throws IOException {
    var table = new EpochTable(file());
    table.on(started(0));
    table.on(step(0.25));
    table.on(epoch(0, Map.of("loss", 2.0)));
    table.on(epoch(1, Map.of("loss", Double.NaN)));
    assertThat(Files.readAllLines(file()))
        .containsExactly(HEADER, "1,10,1.5,0.25,0.5,true,2.0", "2,20,3.0,0.25,0.5,true,NaN");
    assertThat(folder.resolve("run")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aMetricThatComesLaterGetsAColumn() throws IOException {
    var table = new EpochTable(file());
    table.on(started(0));
    table.on(epoch(0, Map.of()));
    table.on(epoch(1, Map.of("loss", 2.0)));
    assertThat(Files.readAllLines(file()))
        .containsExactly(HEADER, "1,10,1.5,NaN,0.5,true,", "2,20,3.0,NaN,0.5,true,2.0");
  }

  @Test
  void aResumedRunReplacesLaterRowsAndGoesOnCountingTime() throws IOException {
    var first = new EpochTable(file());
    first.on(started(0));
    for (int epoch = 0; epoch < 3; epoch++) {
      first.on(epoch(epoch, Map.of("loss", 1.0)));
    }
    var second = new EpochTable(file());
    second.on(started(20));
    second.on(epoch(1, Map.of("loss", 4.0)));
    assertThat(Files.readAllLines(file()))
        .containsExactly(HEADER, "1,10,1.5,NaN,0.5,true,1.0", "2,20,6.0,NaN,0.5,true,4.0");
    new EpochTable(file()).on(started(0));
    assertThat(Files.readAllLines(file())).hasSize(3);
  }

  @Test
  void refusesAFileOfAnotherKind() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "a,b\n1\n");
    assertThatThrownBy(() -> new EpochTable(file()).on(started(0)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The file '"
                + file()
                + "' is not a table of epochs: a line has 1 cells under 2 columns.");
  }

  @Test
  void anEmptyFileIsATableWithoutRows() throws IOException {
    Files.createDirectories(file().getParent());
    Files.createFile(file());
    var table = new EpochTable(file());
    table.on(started(0));
    table.on(epoch(0, Map.of("loss", 1.0)));
    assertThat(Files.readAllLines(file())).containsExactly(HEADER, "1,10,1.5,NaN,0.5,true,1.0");
  }
}
