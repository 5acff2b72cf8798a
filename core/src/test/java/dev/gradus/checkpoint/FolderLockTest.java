package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {
  @TempDir Path folder;

  @Test
  void aFolderIsUsedOnceInAProcess() throws IOException {
    try (var first = FolderLock.take(folder)) {
      assertThat(first.isHeld()).isTrue();
      Path sameFolder = folder.resolve("..").resolve(folder.getFileName());
      assertThatThrownBy(() -> FolderLock.take(sameFolder))
          .isInstanceOf(CheckpointException.class)
          .hasMessage(
              "The folder %s is in use by this process; wait until that ends or choose another folder."
                  .formatted(sameFolder));
    }
    FolderLock.take(folder).close();
  }

  @Test
  void aTryFindsTheFolderFreeOrNot() throws IOException {
    var first = FolderLock.tryToTake(folder).orElseThrow();
    assertThat(FolderLock.tryToTake(folder)).isEmpty();
    first.close();
    try (var second = FolderLock.tryToTake(folder).orElseThrow()) {
      assertThat(second.isHeld()).isTrue();
    }
  }

  @Test
  void aTryInAnotherProcessFindsTheFolderTaken() throws Exception {
    try (var other = CheckpointProcess.start("hold", folder)) {
      assertThat(other.nextLine()).isEqualTo("held");
      assertThat(FolderLock.tryToTake(folder)).isEmpty();
    }
  }

  @Test
  void aRefusalDoesNotEndTheLock() throws Exception {
    try (var _ = FolderLock.take(folder)) {
      assertThatThrownBy(() -> FolderLock.take(folder)).isInstanceOf(CheckpointException.class);
      try (var other = CheckpointProcess.start("hold", folder)) {
        assertThat(other.nextLine())
            .contains("is in use by process " + ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void aFolderIsUsedByOneProcessUntilItIsKilled() throws Exception {
    try (var other = CheckpointProcess.start("hold", folder)) {
      assertThat(other.nextLine()).isEqualTo("held");
      assertThatThrownBy(() -> CheckpointFolder.open(folder, Retention.STANDARD))
          .isInstanceOf(CheckpointException.class)
          .hasMessage(
              "The folder %s is in use by process %s; wait until that ends or choose another folder."
                  .formatted(folder, other.pid()));
      other.kill("");
      CheckpointFolder.open(folder, Retention.STANDARD).close();
    }
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> FolderLock.take(missing))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "Cannot lock the folder %s: %s does not exist; choose a folder that can be written."
                .formatted(missing, missing));
  }
}
