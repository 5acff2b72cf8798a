package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {
  @RegisterExtension static final LocalCluster CLUSTER = new LocalCluster();

  /** Larger than what is kept in memory before it is written. */
  private static final int BYTES = 1_000_000;

  @TempDir Path folder;

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "there is no /dev/full")
  void aFullDiskIsOneSentenceAndNothingIsLost() throws IOException {
    var here = Files.createDirectories(folder.resolve("here"));
    var there = Files.createDirectories(folder.resolve("there"));
    Files.write(here.resolve("step-1.safetensors"), new byte[BYTES]);
    var shared = SharedFolder.ofWorker(there.toString(), 0);
    shared.push(here);

    Files.write(here.resolve("step-2.safetensors"), new byte[BYTES]);
    var full = there.resolve("step-2.safetensors.part");
    Files.createSymbolicLink(full, Path.of("/dev/full"));
    assertThatThrownBy(() -> shared.push(here))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The checkpoints in %s can't be written: No space left on device.".formatted(there));
    assertThat(there.resolve("step-1.safetensors")).hasSize(BYTES);
    assertThat(there.resolve("step-2.safetensors")).doesNotExist();

    Files.deleteIfExists(full);
    shared.push(here);
    assertThat(there.resolve("step-2.safetensors")).hasSize(BYTES);
  }
}
