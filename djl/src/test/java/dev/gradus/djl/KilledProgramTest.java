package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProgramTest {
  private static final int KILLS = 3;
  private static final int STEPS_BETWEEN = 12;
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aProgramThatIsKilledAgainAndAgainEndsWithTheSameBits() throws Exception {
    Path expected = folder.resolve("undisturbed.bin");
    requireEnd(KilledProgram.start(folder.resolve("undisturbed"), expected, 0));
    Path checkpoints = folder.resolve("killed");
    Path found = folder.resolve("killed.bin");
    for (int kill = 1; kill <= KILLS; kill++) {
      killAfter(kill * STEPS_BETWEEN, checkpoints, found);
    }
    assertThat(found).doesNotExist();
    requireEnd(KilledProgram.start(checkpoints, found, KILLS * STEPS_BETWEEN));
    assertThat(found).hasSameBinaryContentAs(expected);
  }

  private static void requireEnd(Process program) throws InterruptedException {
    assertThat(KilledProgram.end(program)).isZero();
  }

  private static void killAfter(int steps, Path checkpoints, Path weights) throws Exception {
    Process process = KilledProgram.start(checkpoints, weights, 0);
    try {
      Instant latest = Instant.now().plus(DEADLINE);
      while (newest(checkpoints) < steps) {
        assertThat(process.isAlive()).as("the program runs").isTrue();
        assertThat(Instant.now()).isBefore(latest);
        Thread.sleep(1);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static long newest(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".safetensors"))
          .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
          .max()
          .orElse(0);
    }
  }
}
