package dev.gradus.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated files are either read or refused with a sentence, and cost no more memory than good ones.
 */
class SafetensorsFuzzTest {
  private static final int ROUNDS = 10_000;
  private static final long MOST_ALLOCATED = 1 << 20;
  private static final String FRAGMENTS = "{}[]\",:\\0123456789eE.-u \n\u0000\u00ff";

  @TempDir Path folder;
  private final Random random = new Random(20_250_101);
  private byte[] valid;
  private int accepted;
  private int refused;

  @BeforeEach
  void writeValidFile() throws IOException {
    Path file = folder.resolve("valid.safetensors");
    SafetensorsWriter.write(
        file,
        Map.of("key", "text \"quoted\" 😀"),
        List.of(
            Tensor.of("weight/é", List.of(2L, 3L), 1f, 2f, 3f, 4f, 5f, 6f),
            Tensor.of("scalar", List.of(), 1.0),
            Tensor.of("empty", List.of(0L), new float[0])));
    valid = Files.readAllBytes(file);
  }

  @Test
  void mutatedFiles() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      read(mutated(valid));
    }
    assertBothHappened();
  }

  @Test
  void mutatedHeadersOfTheRightLength() throws IOException {
    byte[] header = Arrays.copyOfRange(valid, Long.BYTES, valid.length - 32);
    for (int round = 0; round < ROUNDS; round++) {
      read(FileBytes.of(mutated(header), 32));
    }
    assertBothHappened();
  }

  @Test
  void everyTruncation() throws IOException {
    for (int length = 0; length < valid.length; length++) {
      read(Arrays.copyOf(valid, length));
    }
    assertThat(accepted).isZero();
  }

  @Test
  void headersThatAnnounceMuch() throws IOException {
    for (long length : List.of(99_999_999L, 100_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, -8L)) {
      read(FileBytes.of(length, "{}".getBytes(UTF_8), 100));
    }
    read(FileBytes.of("{\"a\":".repeat(10_000), 0));
    read(FileBytes.of("{\"a\":" + "[".repeat(50_000), 0));
    read(FileBytes.of("{\"a\":{\"shape\":[" + "0,".repeat(50_000), 0));
    assertThat(accepted).isZero();
  }

  private byte[] mutated(byte[] original) {
    byte[] bytes = original.clone();
    for (int mutations = 1 + random.nextInt(3); mutations > 0 && bytes.length > 0; mutations--) {
      int position = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> replaced(bytes, position, bytes[position] ^ 1 << random.nextInt(8));
            case 1 -> replaced(bytes, position, fragment());
            case 2 -> spliced(bytes, position, position, fragment());
            case 3 -> spliced(bytes, position, Math.min(position + 1, bytes.length));
            default -> spliced(bytes, position, position + random.nextInt(bytes.length - position));
          };
    }
    return bytes;
  }

  private int fragment() {
    return FRAGMENTS.charAt(random.nextInt(FRAGMENTS.length()));
  }

  private static byte[] replaced(byte[] bytes, int position, int value) {
    bytes[position] = (byte) value;
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int begin, int end, int... inserted) {
    var result = Arrays.copyOf(bytes, bytes.length - (end - begin) + inserted.length);
    for (int index = 0; index < inserted.length; index++) {
      result[begin + index] = (byte) inserted[index];
    }
    System.arraycopy(bytes, end, result, begin + inserted.length, bytes.length - end);
    return result;
  }

  private void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("mutated.safetensors");
    Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    long before = allocated();
    try (var arena = Arena.ofConfined()) {
      SafetensorsFile.open(file, arena).tensors().values().forEach(SafetensorsFuzzTest::touch);
      accepted++;
    } catch (SafetensorsException expected) {
      refused++;
    }
    assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
    Files.delete(file);
  }

  private static void touch(Tensor tensor) {
    assertThat(tensor.data().toArray(ValueLayout.JAVA_BYTE))
        .hasSize((int) tensor.dtype().byteSize(tensor.shape()));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private void assertBothHappened() {
    assertThat(accepted).isPositive();
    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }
}
