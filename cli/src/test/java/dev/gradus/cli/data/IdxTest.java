package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.gzip;
import static dev.gradus.cli.data.Fixture.idx;
import static dev.gradus.cli.data.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir Path folder;

  @Test
  void readsPlainAndCompressed() throws IOException {
    var bytes =
        idx(8, new int[] {2, 3}, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) -1);
    for (var file : new byte[][] {bytes, gzip(bytes)}) {
      var read = Idx.read(write(folder.resolve("file"), file), 2);
      assertThat(read.dimensions()).containsExactly(2L, 3L);
      assertThat(read.values().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4, 5, -1);
    }
  }

  @Test
  void readsMoreThanOneChunk() throws IOException {
    var values = new byte[200_000];
    new Random(1).nextBytes(values);
    var file = write(folder.resolve("file"), gzip(idx(8, new int[] {200_000}, values)));
    assertThat(Idx.read(file, 1).values().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(values);
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    refusal().endsWith("' is empty.");
  }

  @Test
  void refusesOtherFormats() throws IOException {
    refusal((byte) 1, (byte) 2, (byte) 3, (byte) 4).contains("is not in MNIST's idx format");
    refusal((byte) 0).contains("is not in MNIST's idx format");
    refusal(idx(0x0d, new int[] {1}, new byte[4])).contains("type 0x0D").contains("(0x08)");
    refusal(idx(8, new int[] {1, 1}, (byte) 1)).endsWith("has 2 dimensions where 1 are expected.");
    refusal((byte) 0, (byte) 0, (byte) 8, (byte) 1, (byte) 0).endsWith("so it is truncated.");
  }

  @Test
  void refusesAbsurdSizesBeforeTakingMemory() throws IOException {
    refusal(idx(8, new int[] {-1}, new byte[10]))
        .contains("promises 4294967295 values")
        .endsWith("a file of this length cannot hold so many.");
    refusal(gzip(idx(8, new int[] {-1}, new byte[10]))).endsWith("cannot hold so many.");
    refusal(idx(8, new int[] {0})).endsWith("promises 0 values, but that is nothing.");
    var file = write(folder.resolve("file"), idx(8, new int[] {-1, -1, -1}, new byte[10]));
    assertThatThrownBy(() -> Idx.read(file, 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("4294967295 x 4294967295 x 4294967295");
  }

  @Test
  void refusesTooFewAndTooManyValues() throws IOException {
    refusal(idx(8, new int[] {11}, new byte[10]))
        .endsWith("promises 11 values, but only 10 values follow: it is truncated.");
    refusal(idx(8, new int[] {9}, new byte[10])).endsWith("but more values follow.");
    refusal(gzip(idx(8, new int[] {11}, new byte[10]))).endsWith("it is truncated.");
  }

  @Test
  void refusesDamagedCompression() throws IOException {
    var values = new byte[1000];
    new Random(1).nextBytes(values);
    var whole = gzip(idx(8, new int[] {1000}, values));
    refusal(Arrays.copyOf(whole, 300)).endsWith("it ends too early, so it is truncated.");
    whole[whole.length - 6] ^= 1;
    refusal(whole).contains("it is damaged");
  }

  @Test
  void meetsMutationsWithASentenceOrTheValues() throws IOException {
    var whole = gzip(idx(8, new int[] {20, 3}, new byte[60]));
    var plain = idx(8, new int[] {20, 3}, new byte[60]);
    var random = new Random(3);
    for (int round = 0; round < 1000; round++) {
      var mutated = (round % 2 == 0 ? whole : plain).clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      var file = write(folder.resolve("file"), Arrays.copyOf(mutated, length(random, mutated)));
      try {
        assertThat(Idx.read(file, 2).values().byteSize()).isLessThan(100_000);
      } catch (UserException told) {
        assertThat(told).hasMessageContaining(file.toString());
      }
    }
  }

  private static int length(Random random, byte[] bytes) {
    return random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
  }

  private AbstractStringAssert<?> refusal(byte... bytes) throws IOException {
    var file = write(folder.resolve("file"), bytes);
    return assertThatThrownBy(() -> Idx.read(file, 1))
        .isExactlyInstanceOf(UserException.class)
        .message()
        .contains("'" + file + "'");
  }
}
