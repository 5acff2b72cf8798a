package dev.gradus.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsRoundTripTest {
  @TempDir Path folder;
  private Arena arena;
  private Path file;

  @BeforeEach
  void open() {
    arena = Arena.ofConfined();
    file = folder.resolve("model.safetensors");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void everyKindOfElementComesBack() throws IOException {
    var random = new Random(1);
    var tensors = new ArrayList<Tensor>();
    for (Dtype dtype : Dtype.values()) {
      var shape = List.of(3L, 8L);
      var bytes = new byte[(int) dtype.byteSize(shape)];
      random.nextBytes(bytes);
      tensors.add(new Tensor(dtype.name(), dtype, shape, MemorySegment.ofArray(bytes)));
    }
    var read = writeAndOpen(Map.of(), tensors);
    assertThat(read.tensors()).hasSameSizeAs(tensors);
    for (Tensor tensor : tensors) {
      assertSame(read.tensor(tensor.name()), tensor);
    }
  }

  @Test
  void scalarsEmptyTensorsAndUnusualNamesComeBack() throws IOException {
    var tensors =
        List.of(
            Tensor.of("scalar", List.of(), 1.5f),
            Tensor.of("empty", List.of(0L, 4L), new float[0]),
            Tensor.of("double", List.of(2L), Double.MIN_VALUE, Double.NaN),
            Tensor.of("", List.of(1L), 1f),
            Tensor.of("Größe/模型 😀 \"quoted\" \\ \n\u0001", List.of(1L), 2f));
    var read = writeAndOpen(Map.of(), tensors);
    assertThat(read.tensors()).hasSameSizeAs(tensors);
    for (Tensor tensor : tensors) {
      assertSame(read.tensor(tensor.name()), tensor);
    }
    assertThat(read.tensor("double").doubles()).containsExactly(Double.MIN_VALUE, Double.NaN);
    assertThat(read.tensor("scalar").floats()).containsExactly(1.5f);
  }

  @Test
  void metadataKeepTheirOrder() throws IOException {
    var metadata = new LinkedHashMap<String, String>();
    metadata.put("z", "first");
    metadata.put("a", "second\t\"\\/");
    metadata.put("", "😀");
    var read = writeAndOpen(metadata, List.of());
    assertThat(read.metadata()).containsExactlyEntriesOf(metadata);
    assertThat(read.tensors()).isEmpty();
  }

  @Test
  void everyElementLiesAtAMultipleOfItsSize() throws IOException {
    var layout =
        new SafetensorsLayout(
            Map.of("text", "of any length"),
            List.of(
                zeros("byte", Dtype.U8, 3),
                zeros("float", Dtype.F32, 3),
                zeros("bits", Dtype.F4, 2),
                zeros("long", Dtype.I64, 1),
                zeros("second float", Dtype.F32, 1),
                zeros("half", Dtype.BF16, 1)));
    assertThat(layout.tensors())
        .extracting(Tensor::name)
        .containsExactly("long", "float", "second float", "half", "byte", "bits");
    assertThat(layout.header().remaining() % SafetensorsLayout.ALIGNMENT).isZero();
    assertThat(layout.fileSize()).isEqualTo(layout.header().remaining() + 8 + 12 + 4 + 2 + 3 + 1);
  }

  @Test
  void aTensorIsMappedWhereTheProcessorWantsIt() throws IOException {
    var read = writeAndOpen(Map.of(), List.of(zeros("a", Dtype.U8, 1), zeros("b", Dtype.F64, 5)));
    var data = read.tensor("b").data();
    assertThat(data.address() % SafetensorsLayout.ALIGNMENT).isZero();
    assertThat(data.get(ValueLayout.JAVA_DOUBLE, 4 * Double.BYTES)).isZero();
    assertThat(data.isReadOnly()).isTrue();
  }

  @Test
  void theTextOfTheHeaderIsTheFormats() throws IOException {
    SafetensorsWriter.write(file, Map.of("k", "v"), List.of(Tensor.of("w", List.of(2L), 1f, 2f)));
    byte[] bytes = Files.readAllBytes(file);
    String expected =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    assertThat(new String(bytes, Long.BYTES, 120, UTF_8))
        .isEqualTo(expected + " ".repeat(120 - expected.length()));
    assertThat(bytes).startsWith(120, 0, 0, 0, 0, 0, 0, 0).hasSize(128 + 8);
  }

  @Test
  void anExistingFileIsNotOverwritten() throws IOException {
    Files.writeString(file, "precious");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + file + ": it exists already; choose another name.");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aFileThatCannotBeCompletedIsRemoved() {
    var closed = Arena.ofConfined();
    var tensor = new Tensor("w", Dtype.F32, List.of(4L), closed.allocate(16));
    closed.close();
    assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of(), List.of(tensor)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void aChannelThatTakesNothingIsGivenUp() {
    var full =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer source) {
            return 0;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    var layout = new SafetensorsLayout(Map.of(), List.of());
    assertThatThrownBy(() -> SafetensorsWriter.write(full, layout)).isInstanceOf(IOException.class);
  }

  @Test
  void whatNoFileCanHoldIsRefused() {
    var data = MemorySegment.ofArray(new byte[8]);
    assertThatThrownBy(() -> new Tensor("__metadata__", Dtype.F32, List.of(2L), data))
        .hasMessage("A tensor cannot be named __metadata__; choose another name.");
    assertThatThrownBy(() -> new Tensor("w", Dtype.F32, List.of(3L), data))
        .hasMessage("Tensor \"w\" has 8 bytes of data, but its shape [3] of F32 needs 12.");
    assertThatThrownBy(() -> new Tensor("w", Dtype.F32, List.of(-2L), data))
        .hasMessage("the shape [-2] of F32 with a negative dimension");
    assertThatThrownBy(() -> Tensor.of("w", List.of(1L), 1f).doubles())
        .hasMessage("Tensor \"w\" is of F32, not of F64.");
    var twice = List.of(Tensor.of("w", List.of(1L), 1f), Tensor.of("w", List.of(1L), 1f));
    assertThatThrownBy(() -> new SafetensorsLayout(Map.of(), twice))
        .hasMessage("Two tensors are named \"w\"; rename one of them.");
    assertThatThrownBy(() -> new SafetensorsLayout(Map.of("half", "\ud83d"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }

  private SafetensorsFile writeAndOpen(Map<String, String> metadata, List<Tensor> tensors)
      throws IOException {
    SafetensorsWriter.write(file, metadata, tensors);
    return SafetensorsFile.open(file, arena);
  }

  private static Tensor zeros(String name, Dtype dtype, long length) {
    var shape = List.of(length);
    return new Tensor(
        name, dtype, shape, MemorySegment.ofArray(new byte[(int) dtype.byteSize(shape)]));
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.dtype()).isEqualTo(expected.dtype());
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.data().mismatch(expected.data())).isEqualTo(-1);
  }
}
