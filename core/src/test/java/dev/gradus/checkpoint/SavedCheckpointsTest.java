package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.checkpoint.Retention.Better;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedCheckpointsTest {
  @TempDir Path folder;
  private final Arena arena = Arena.ofAuto();
  private final ArrayList<String> problems = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      checkpoints.write(Samples.of(1), 1, 0.5);
      checkpoints.write(Samples.of(2), 2, 0.25);
      checkpoints.write(Samples.of(3), 3);
    }
  }

  private long newest() throws CheckpointException {
    return new SavedCheckpoints(folder).newest(arena, problems::add).orElseThrow().step();
  }

  private long best(Better better) throws CheckpointException {
    return new SavedCheckpoints(folder).best(better, arena, problems::add).orElseThrow().step();
  }

  @Test
  void findsTheNewestAndTheBestWhileAnotherWrites() throws IOException {
    try (var _ = CheckpointFolder.open(folder, Retention.STANDARD)) {
      assertThat(newest()).isEqualTo(3);
      assertThat(best(Better.HIGHER)).isEqualTo(1);
      assertThat(best(Better.LOWER)).isEqualTo(2);
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void passesOverADamagedFileAndLeavesIt() throws IOException {
    Path last = folder.resolve("step-000000003.safetensors");
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length - 1] ^= 1;
    Files.write(last, bytes);
    assertThat(newest()).isEqualTo(2);
    assertThat(problems).singleElement().asString().contains(last.toString());
    assertThat(last).hasBinaryContent(bytes);
  }

  @Test
  void tellsAFolderThatIsNotThere() {
    var missing = new SavedCheckpoints(folder.resolve("missing"));
    assertThatThrownBy(() -> missing.newest(arena, problems::add))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("missing");
  }
}
