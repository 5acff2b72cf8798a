package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.safetensors.SafetensorsFile;
import dev.gradus.safetensors.SafetensorsWriter;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk or a crash can do to the files of a folder. */
class DamageTest {
  @TempDir Path folder;
  private final List<String> problems = new ArrayList<>();
  private CheckpointFolder checkpoints;
  private Arena arena;
  private Path newest;
  private Path aside;
  private byte[] intact;

  @BeforeEach
  void writeTwo() throws IOException {
    arena = Arena.ofShared();
    checkpoints = CheckpointFolder.open(folder, Retention.STANDARD);
    checkpoints.write(Samples.of(1), 1, 0.1);
    newest = checkpoints.write(Samples.of(2), 2, 0.2);
    aside = folder.resolve(newest.getFileName() + ".damaged");
    intact = Files.readAllBytes(newest);
  }

  @AfterEach
  void close() throws IOException {
    checkpoints.close();
    arena.close();
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    for (int bit = 0; bit < intact.length * Byte.SIZE; bit++) {
      byte[] flipped = intact.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(newestStepAfter(flipped)).isEqualTo(1);
      assertThat(problems).hasSize(bit + 1);
    }
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    for (int length = 0; length < intact.length; length++) {
      assertThat(newestStepAfter(Arrays.copyOf(intact, length))).isEqualTo(1);
    }
    assertThat(problems).hasSize(intact.length);
  }

  @Test
  void aDamagedFileIsReportedAndSetAside() throws IOException {
    byte[] flipped = intact.clone();
    flipped[flipped.length - 1] ^= 1;
    assertThat(newestStepAfter(flipped)).isEqualTo(1);
    assertThat(problems)
        .singleElement()
        .asString()
        .matches(
            "\\Q%s\\E is damaged: the checksum of tensor \"layer/größe.weight\" is [0-9a-f]{8} instead of [0-9a-f]{8}; use an earlier checkpoint or a copy. It was renamed to step-000000002.safetensors.damaged."
                .formatted(newest));
    assertThat(newest).doesNotExist();
    assertThat(aside).hasBinaryContent(flipped);
    checkpoints.write(Samples.of(2), 2, 0.2);
    assertThat(newest).hasBinaryContent(intact);
  }

  @Test
  void theSecondBestIsUsedWhenTheBestIsDamaged() throws IOException {
    Files.write(newest, Arrays.copyOf(intact, intact.length - 1));
    assertThat(checkpoints.best(arena, problems::add).orElseThrow().step()).isEqualTo(1);
    intact[intact.length - 1] ^= 1;
    Files.write(newest, intact);
    assertThat(checkpoints.best(arena, problems::add).orElseThrow().step()).isEqualTo(1);
    assertThat(problems).hasSize(1);
  }

  @Test
  void aMissingBestIsReplacedByTheSecondBest() throws IOException {
    Files.delete(newest);
    assertThat(checkpoints.best(arena, problems::add).orElseThrow().step()).isEqualTo(1);
    assertThat(problems).isEmpty();
  }

  @Test
  void nothingIsLeftWhenAllAreDamaged() throws IOException {
    for (Path file : checkpoints.files()) {
      Files.write(file, new byte[100]);
    }
    assertThat(checkpoints.newest(arena, problems::add)).isEmpty();
    assertThat(problems).hasSize(2);
  }

  @Test
  void aNewerFormatIsRefusedAndNotSkipped() throws IOException {
    rewrite(Map.of(Keys.FORMAT, "2"));
    assertThatThrownBy(() -> checkpoints.newest(arena, problems::add))
        .isInstanceOf(CheckpointException.class)
        .isNotInstanceOf(DamagedCheckpointException.class)
        .hasMessage(
            newest
                + " has the checkpoint format 2, but this version of Gradus reads only up to 1; use"
                + " a newer Gradus.");
    assertThat(newest).exists();
    assertThat(problems).isEmpty();
  }

  @Test
  void metadataThatMakeNoSenseAreDamage() throws IOException {
    for (String key : List.of(Keys.FORMAT, Keys.STEP, Keys.VALIDATION)) {
      rewrite(Map.of(key, "x"));
      assertThatThrownBy(() -> StoredCheckpoint.read(newest, arena))
          .isInstanceOf(DamagedCheckpointException.class)
          .hasMessageContaining("its " + key + " is no");
    }
  }

  @Test
  void anotherSafetensorsFileIsNoCheckpoint() throws IOException {
    Path file = folder.resolve("other.safetensors");
    SafetensorsWriter.write(file, Map.of(), List.of(Tensor.of("w", List.of(1L), 1f)));
    assertThatThrownBy(() -> StoredCheckpoint.read(file, arena))
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessageContaining("the checksum of its header is missing")
        .hasMessageContaining("not a checkpoint of Gradus");
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsDamage() throws IOException {
    Path large = checkpoints.write(Samples.of(3, 1 << 20), 3);
    var reader = new CheckpointReader(large, arena);
    try (var channel = FileChannel.open(large, StandardOpenOption.WRITE)) {
      channel.truncate(8192);
    }
    assertThatThrownBy(reader::read)
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessageContaining("cannot be read from the disk");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> StoredCheckpoint.read(missing, arena))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("Cannot read " + missing + ": it does not exist; check the path.");
  }

  private long newestStepAfter(byte[] content) throws IOException {
    Files.deleteIfExists(aside);
    Files.deleteIfExists(newest);
    Files.write(newest, content);
    try (var shortly = Arena.ofConfined()) {
      return checkpoints.newest(shortly, problems::add).orElseThrow().step();
    }
  }

  /** Replaces texts of the newest file and makes its checksums right again. */
  private void rewrite(Map<String, String> texts) throws IOException {
    Files.write(newest, intact);
    var file = SafetensorsFile.open(newest, arena);
    var metadata = new LinkedHashMap<>(file.metadata());
    metadata.putAll(texts);
    metadata.put(Keys.CHECKSUM, Checksums.ofHeader(metadata, file.tensors().values()));
    Path rewritten = folder.resolve("rewritten");
    SafetensorsWriter.write(rewritten, metadata, file.tensors().values());
    Files.move(rewritten, newest, StandardCopyOption.REPLACE_EXISTING);
  }
}
