package dev.gradus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that are written as a whole. */
class RecordsTest {
  @TempDir Path folder;

  private RunFiles files() {
    return new RunFiles(folder);
  }

  private static Session session(long fromStep) {
    return new Session(
        "2026-01-01T00:00:00Z",
        fromStep,
        Build.current(),
        Machine.current(),
        Build.jdk(),
        VectorLanes.current(),
        Map.of("djl", "1"),
        Map.of("network", 1));
  }

  @Test
  void environmentGrowsByASessionAtEachStart() {
    Environment.append(files(), session(0));
    Environment.append(files(), session(120));
    var environment = Environment.read(files());
    assertThat(environment.format()).isEqualTo(1);
    assertThat(environment.sessions()).containsExactly(session(0), session(120));
  }

  @Test
  void theMachineIsDescribed() {
    var machine = Machine.current();
    assertThat(machine.cpu()).isNotBlank();
    assertThat(machine.cores()).isPositive();
    assertThat(machine.memoryBytes()).isGreaterThan(1 << 28);
    assertThat(VectorLanes.current()).isIn(1, 2, 4, 8, 16);
  }

  @Test
  void resultIsReadAsItWasWritten() {
    var test = new LinkedHashMap<>(Map.of("accuracy", 0.975));
    var result =
        new Result(
            1,
            "2026-01-01T00:00:00Z",
            900,
            2,
            20,
            17,
            true,
            12.5,
            0.1,
            new LinkedHashMap<>(),
            test,
            new LinkedHashMap<>(Map.of("accuracy", 0.95)),
            4810,
            new Sent(
                100, 40, 12, 11, 0.5, 0.25, new LinkedHashMap<>(Map.of("layer.weight", 150.0))));
    result.write(files());
    assertThat(files().isFinished()).isTrue();
    assertThat(Result.read(files())).isEqualTo(result);
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Files.writeString(files().result(), "{\"format\":");
    assertThatThrownBy(() -> Result.read(files()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The file '" + files().result() + "' is damaged: ");
  }
}
