package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that cannot be written does the earlier ones no harm. */
class FailedWriteTest {
  private static final Path FULL_DISK = Path.of("/dev/full");

  @TempDir Path folder;
  private byte[] earlier;

  @BeforeEach
  void writeEarlier() throws IOException {
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      earlier = Files.readAllBytes(checkpoints.write(Samples.of(1), 1));
    }
  }

  @Test
  void aFullDiskIsToldWithBytesNeededAndFree() throws IOException {
    assumeTrue(
        Files.exists(FULL_DISK) || System.getenv("CI") != null, "This system has no " + FULL_DISK);
    try (var checkpoints =
        CheckpointFolder.open(folder, Retention.STANDARD, FailedWriteTest::openFull)) {
      assertThatThrownBy(() -> checkpoints.write(Samples.of(2), 2))
          .isInstanceOf(CheckpointException.class)
          .hasMessageMatching(
              "Cannot write the checkpoint of step 2 to \\Q%s\\E: No space left on device; it needs %s bytes and [0-9]+ are free, so make room or choose another folder \\(the earlier checkpoints are untouched\\)\\."
                  .formatted(folder, earlier.length));
      assertOnlyTheEarlierIsThere(checkpoints);
    }
  }

  @Test
  void aDiskThatFillsUpMidwayLeavesNothingBehind() throws IOException {
    try (var checkpoints =
        CheckpointFolder.open(folder, Retention.STANDARD, FailedWriteTest::openClosing)) {
      assertThatThrownBy(() -> checkpoints.write(Samples.of(2), 2))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("ClosedChannelException; it needs");
      assertOnlyTheEarlierIsThere(checkpoints);
    }
  }

  @Test
  void anInterruptedThreadCannotWrite() throws IOException {
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> checkpoints.write(Samples.of(2), 2))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("the thread was interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertOnlyTheEarlierIsThere(checkpoints);
    }
  }

  @Test
  void memoryThatWasFreedLeavesNoTemporaryFile() throws IOException {
    var freed = Arena.ofConfined();
    var tensor = new Tensor("w", Dtype.F32, List.of(1L), freed.allocate(4));
    freed.close();
    try (var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD)) {
      assertThatThrownBy(() -> checkpoints.write(new Checkpoint(Map.of(), List.of(tensor)), 2))
          .isInstanceOf(IllegalStateException.class);
      assertOnlyTheEarlierIsThere(checkpoints);
    }
  }

  private static FileChannel openFull(Path file) throws IOException {
    Files.createFile(file);
    return FileChannel.open(FULL_DISK, StandardOpenOption.WRITE);
  }

  private static FileChannel openClosing(Path file) throws IOException {
    Files.writeString(file, "half of a file");
    var channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.close();
    return channel;
  }

  private void assertOnlyTheEarlierIsThere(CheckpointFolder checkpoints) throws IOException {
    assertThat(checkpoints.files())
        .singleElement()
        .satisfies(file -> assertThat(file).hasBinaryContent(earlier));
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }
}
