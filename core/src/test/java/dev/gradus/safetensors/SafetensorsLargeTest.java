package dev.gradus.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and tensors beyond 2 GiB, in a sparse file that takes no room on most disks. */
class SafetensorsLargeTest {
  private static final long GIBIBYTE = 1L << 30;
  private static final long LARGE = 2 * GIBIBYTE + 64;
  private static final int MARK = 77;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeSparseFile() throws IOException {
    assumeTrue(
        Files.getFileStore(folder).getUsableSpace() > 4 * GIBIBYTE || System.getenv("CI") != null,
        "Less than 4 GiB are free in " + folder);
    file = folder.resolve("large.safetensors");
    String header =
        "{\"large\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,%s]},"
                .formatted(LARGE, LARGE)
            + "\"last\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%s,%s]}}"
                .formatted(LARGE, LARGE + 1);
    byte[] begin = FileBytes.of(header, 0);
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(begin));
      channel.write(ByteBuffer.wrap(new byte[] {MARK, MARK + 1}), begin.length + LARGE - 1);
    }
  }

  @Test
  void aTensorBehindTwoGibibytesIsRead() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var read = SafetensorsFile.open(file, arena);
      var large = read.tensor("large").data();
      assertThat(large.byteSize()).isEqualTo(LARGE);
      assertThat(large.get(ValueLayout.JAVA_BYTE, LARGE - 1)).isEqualTo((byte) MARK);
      assertThat(read.tensor("last").data().get(ValueLayout.JAVA_BYTE, 0))
          .isEqualTo((byte) (MARK + 1));
    }
  }

  @Test
  void aTensorOfTwoGibibytesIsWritten() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var tensors = SafetensorsFile.open(file, arena).tensors().values();
      var layout = new SafetensorsLayout(Map.of(), tensors);
      var channel = new Counting();
      SafetensorsWriter.write(channel, layout);
      assertThat(channel.written).isEqualTo(layout.fileSize()).isGreaterThan(LARGE);
      assertThat(channel.sum).isEqualTo(2 * MARK + 1);
    }
  }

  /** Adds up what is written behind the header. */
  private static final class Counting implements WritableByteChannel {
    private long written;
    private long sum;

    @Override
    public int write(ByteBuffer source) {
      int length = source.remaining();
      if (written > 0 && source.get(source.limit() - 1) != 0) {
        for (int index = Math.max(source.position(), source.limit() - 2);
            index < source.limit();
            index++) {
          sum += source.get(index);
        }
      }
      source.position(source.limit());
      written += length;
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
