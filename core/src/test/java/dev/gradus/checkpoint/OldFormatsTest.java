package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.safetensors.Dtype;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of every format version that was ever written stay readable. They are never written again.
 */
class OldFormatsTest {
  @TempDir Path folder;

  @Test
  void formatOne() throws IOException {
    Path file = folder.resolve("format-1.safetensors");
    try (var resource = getClass().getResourceAsStream("format-1.safetensors")) {
      Files.copy(Objects.requireNonNull(resource), file);
    }
    try (var arena = Arena.ofConfined()) {
      var read = StoredCheckpoint.read(file, arena);
      assertThat(read.step()).isEqualTo(1200);
      assertThat(read.validation()).isEqualTo(OptionalDouble.of(0.9375));
      assertContent(read.checkpoint());
    }
  }

  private static void assertContent(Checkpoint checkpoint) {
    assertThat(checkpoint.metadata())
        .containsExactly(
            Map.entry("library", "0.1.0"),
            Map.entry("pipeline", "adam | project | decay(0.01)"),
            Map.entry("seed", "42"),
            Map.entry("note", "größer 😀 \"quoted\""));
    assertThat(checkpoint.tensors()).hasSize(6);
    assertThat(checkpoint.tensor("encoder.0.weight").shape()).isEqualTo(List.of(2L, 3L));
    assertThat(checkpoint.tensor("encoder.0.weight").floats())
        .containsExactly(0.5f, -1.25f, 3f, 1e-30f, Float.POSITIVE_INFINITY, -0f);
    assertThat(checkpoint.tensor("encoder.0.weight/m").floats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(checkpoint.tensor("encoder.0.weight/radius").doubles()).containsExactly(0.1);
    assertThat(checkpoint.tensor("encoder.0.bias").shape()).containsExactly(0L);
    assertThat(checkpoint.tensor("cursor").data().get(ValueLayout.JAVA_BYTE, 1))
        .isEqualTo((byte) 4);
    assertThat(checkpoint.tensor("mask").dtype()).isEqualTo(Dtype.BOOL);
  }
}
