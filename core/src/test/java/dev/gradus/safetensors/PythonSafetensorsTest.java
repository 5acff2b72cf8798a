package dev.gradus.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files were exchanged with Python's {@code safetensors} 0.8.0 in both directions. */
class PythonSafetensorsTest {
  @TempDir Path folder;

  @Test
  void aFileWrittenByPythonIsRead() throws IOException {
    Path file = folder.resolve("python.safetensors");
    try (var resource = getClass().getResourceAsStream("written-by-python.safetensors")) {
      Files.copy(Objects.requireNonNull(resource), file);
    }
    try (var arena = Arena.ofConfined()) {
      var read = SafetensorsFile.open(file, arena);
      assertThat(read.metadata())
          .containsOnly(
              Map.entry("written by", "Python's safetensors 0.8.0"),
              Map.entry("line", "one\ntwo\u0001"));
      assertThat(read.tensors().keySet())
          .containsExactly(
              "scalar", "größe/模型 😀 \"quoted\"\\", "empty", "weight", "half", "flags");
      assertThat(read.tensor("weight").floats())
          .containsExactly(0.5f, -1.25f, 3f, 1e-30f, Float.POSITIVE_INFINITY, -0f);
      assertThat(read.tensor("größe/模型 😀 \"quoted\"\\").doubles()).containsExactly(1.5, -2.5);
      assertThat(read.tensor("empty").shape()).containsExactly(0L, 4L);
      assertThat(bytes(read.tensor("scalar"))).containsExactly(7, 0, 0, 0, 0, 0, 0, 0);
      assertThat(bytes(read.tensor("half"))).containsExactly(0, 0x3c, 0, 0x40);
      assertThat(bytes(read.tensor("flags"))).containsExactly(1, 0, 1);
    }
  }

  /** Python has found in the expected file the types, shapes and bytes that are written here. */
  @Test
  void ourFilesAreStillThoseThatPythonHasRead() throws IOException {
    Path file = folder.resolve("ours.safetensors");
    writeEveryType(file);
    try (var resource = getClass().getResourceAsStream("read-by-python.safetensors")) {
      assertThat(file).hasBinaryContent(Objects.requireNonNull(resource).readAllBytes());
    }
  }

  private static void writeEveryType(Path file) throws IOException {
    var tensors = new ArrayList<Tensor>();
    for (Dtype dtype : Dtype.values()) {
      var shape = List.of(2L, 4L);
      var data = MemorySegment.ofArray(new byte[(int) dtype.byteSize(shape)]).fill((byte) 1);
      tensors.add(new Tensor(dtype.name(), dtype, shape, data));
    }
    SafetensorsWriter.write(file, Map.of("key", "text"), tensors);
  }

  private static byte[] bytes(Tensor tensor) {
    return tensor.data().toArray(ValueLayout.JAVA_BYTE);
  }
}
