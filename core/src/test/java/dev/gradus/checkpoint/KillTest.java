package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is killed at any moment of writing leaves every checkpoint that it had finished.
 */
@Timeout(120)
class KillTest {
  private static final int KILLS = 6;

  @TempDir Path folder;

  @Test
  void aKilledProgramLeavesItsFinishedCheckpoints() throws Exception {
    var random = new Random(7);
    for (int kill = 0; kill < KILLS; kill++) {
      long finished = stepOfKilledWriter(random);
      var problems = new ArrayList<String>();
      try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD);
          var arena = Arena.ofConfined()) {
        var newest = checkpoints.newest(arena, problems::add).orElseThrow();
        assertThat(newest.step()).isBetween(finished, finished + 1);
        assertThat(Samples.stepIn(newest.checkpoint())).isEqualTo(newest.step());
      }
      assertThat(problems).isEmpty();
      assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }
  }

  private long stepOfKilledWriter(Random random) throws Exception {
    try (var writer = CheckpointProcess.start("write", folder)) {
      assertThat(writer.nextLine()).isEqualTo("held");
      String last = writer.nextLine();
      Thread.sleep(random.nextInt(40));
      return Long.parseLong(writer.kill(last));
    }
  }
}
