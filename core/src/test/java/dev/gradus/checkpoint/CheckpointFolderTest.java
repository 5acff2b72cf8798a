package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.checkpoint.Retention.Better;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @TempDir Path temporary;
  private Path folder;
  private Arena arena;

  @BeforeEach
  void open() {
    folder = temporary.resolve("deep/run/checkpoints");
    arena = Arena.ofConfined();
  }

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void aCheckpointComesBackAsItWas() throws IOException {
    var written = Samples.of(1200);
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      assertThat(checkpoints.newest(arena, CheckpointFolderTest::refuse)).isEmpty();
      Path file = checkpoints.write(written, 1200, 0.25);
      assertThat(file).isEqualTo(folder.resolve("step-000001200.safetensors"));
      var read = checkpoints.newest(arena, CheckpointFolderTest::refuse).orElseThrow();
      assertThat(read.file()).isEqualTo(file);
      assertThat(read.step()).isEqualTo(1200);
      assertThat(read.validation()).isEqualTo(OptionalDouble.of(0.25));
      assertThat(read.checkpoint().metadata()).containsExactlyEntriesOf(written.metadata());
      assertThat(read.checkpoint().tensors()).hasSameSizeAs(written.tensors());
      for (var tensor : written.tensors().values()) {
        var same = read.checkpoint().tensor(tensor.name());
        assertThat(same.shape()).isEqualTo(tensor.shape());
        assertThat(same.data().mismatch(tensor.data())).isEqualTo(-1);
      }
    }
  }

  @Test
  void theLastFewAndTheBestAreKept() throws IOException {
    var figures = List.of(0.5, 0.9, 0.7, Double.NaN, 0.9, 0.1, 0.8);
    assertThat(kept(new Retention(2, Better.HIGHER), figures)).containsExactly(6L, 5L, 1L);
  }

  @Test
  void aLossIsBetterWhenItIsLower() throws IOException {
    var figures = List.of(0.5, 0.9, 0.1, 0.7, Double.NaN);
    assertThat(kept(new Retention(1, Better.LOWER), figures)).containsExactly(4L, 2L);
  }

  @Test
  void withoutFiguresOnlyTheLastFewAreKept() throws IOException {
    var figures = List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    assertThat(kept(new Retention(3, Better.HIGHER), figures)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void theBestIsFoundAgainAfterReopening() throws IOException {
    kept(new Retention(1, Better.HIGHER), List.of(0.1, 0.8, 0.3));
    try (var checkpoints = CheckpointFolder.open(folder, new Retention(1, Better.HIGHER))) {
      assertThat(checkpoints.best(arena, CheckpointFolderTest::refuse).orElseThrow().step())
          .isEqualTo(1);
      checkpoints.write(Samples.of(3), 3, 0.9);
      assertThat(steps(checkpoints)).containsExactly(3L);
    }
  }

  @Test
  void thereIsNoBestWithoutFigures() throws IOException {
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      checkpoints.write(Samples.of(1), 1);
      assertThat(checkpoints.best(arena, CheckpointFolderTest::refuse)).isEmpty();
    }
  }

  @Test
  void stepsDoNotGoBack() throws IOException {
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      checkpoints.write(Samples.of(5), 5);
      assertThatThrownBy(() -> checkpoints.write(Samples.of(4), 4))
          .isInstanceOf(CheckpointException.class)
          .hasMessage(
              "Cannot write the checkpoint of step 4 to %s: it has one of step 5 already; choose another folder or delete the later checkpoints."
                  .formatted(folder));
      assertThatThrownBy(() -> checkpoints.write(Samples.of(0), -1))
          .isInstanceOf(IllegalArgumentException.class);
      checkpoints.write(Samples.of(50), 5);
      var read = checkpoints.newest(arena, CheckpointFolderTest::refuse).orElseThrow();
      assertThat(Samples.stepIn(read.checkpoint())).isEqualTo(50);
    }
  }

  @Test
  void stepsOfAnySizeAreOrderedAsNumbers() throws IOException {
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      checkpoints.write(Samples.of(1), 999_999_999L);
      checkpoints.write(Samples.of(2), 1_000_000_000L);
      assertThat(checkpoints.newest(arena, CheckpointFolderTest::refuse).orElseThrow().step())
          .isEqualTo(1_000_000_000L);
    }
  }

  @Test
  void temporaryFilesOfACrashAreRemovedAndOthersAreNot() throws IOException {
    Files.createDirectories(folder);
    Path left = Files.writeString(folder.resolve("step-000000007.safetensors.tmp"), "half");
    Path foreign = Files.writeString(folder.resolve("notes.tmp"), "mine");
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      assertThat(left).doesNotExist();
      assertThat(foreign).exists();
      checkpoints.write(Samples.of(1), 1);
      assertThat(folder).isDirectoryNotContaining("glob:**.safetensors.tmp");
    }
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");
    assertThatThrownBy(() -> CheckpointFolder.open(file, Retention.STANDARD))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("Cannot use the checkpoint folder " + file + ": ")
        .hasMessageEndingWith("; choose a folder that can be written.");
  }

  @Test
  void aClosedFolderCannotBeUsed() throws IOException {
    var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD);
    checkpoints.close();
    checkpoints.close();
    assertThatThrownBy(() -> checkpoints.write(Samples.of(1), 1))
        .isInstanceOf(IllegalStateException.class);
  }

  /**
   * Writes a checkpoint for each figure, at the steps 0, 1, 2 and so on, and returns the steps
   * kept.
   */
  private List<Long> kept(Retention retention, List<Double> figures) throws IOException {
    try (var checkpoints = CheckpointFolder.open(folder, retention)) {
      for (int step = 0; step < figures.size(); step++) {
        checkpoints.write(Samples.of(step), step, figures.get(step));
      }
      return steps(checkpoints);
    }
  }

  private List<Long> steps(CheckpointFolder checkpoints) throws IOException {
    var steps = new ArrayList<Long>();
    for (Path file : checkpoints.files()) {
      steps.add(StoredCheckpoint.read(file, arena).step());
    }
    return steps;
  }

  private static void refuse(String problem) {
    throw new AssertionError(problem);
  }
}
