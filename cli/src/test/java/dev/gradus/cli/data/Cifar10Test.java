package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.gzip;
import static dev.gradus.cli.data.Fixture.input;
import static dev.gradus.cli.data.Fixture.labels;
import static dev.gradus.cli.data.Fixture.options;
import static dev.gradus.cli.data.Fixture.png;
import static dev.gradus.cli.data.Fixture.refusal;
import static dev.gradus.cli.data.Fixture.write;
import static dev.gradus.cli.data.Fixture.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.djl.data.DataSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private static final int RECORD = 3073;
  private static final int IMAGES_PER_FILE = 20;

  @TempDir Path folder;

  @Test
  void readsTheOriginalFiles() throws IOException {
    for (var file : files().entrySet()) {
      write(folder.resolve("cifar10").resolve(file.getKey()), file.getValue());
    }
    assertIsTheData(DataSets.open("cifar10", options(folder)));
  }

  @Test
  void readsTheOriginalArchive() throws IOException {
    write(folder.resolve("cifar-10-binary.tar.gz"), gzip(tar(files())));
    assertIsTheData(DataSets.open("cifar10", options(folder)));
  }

  @Test
  void readsTheArchiveWithoutCompression() throws IOException {
    write(folder.resolve("cifar10/cifar-10-binary.tar.gz"), tar(files()));
    assertIsTheData(DataSets.open("cifar10", options(folder)));
  }

  @Test
  void readsAnArchiveOfImages() throws IOException {
    var entries = new TreeMap<String, byte[]>();
    for (int index = 0; index < 10; index++) {
      entries.put("train/cat/" + index + ".png", png(0xff0000));
      entries.put("train/dog/" + index + ".png", png(0x00ff00));
    }
    entries.put("test/cat/0.png", png(0xff0000));
    write(folder.resolve("cifar10-images.zip"), zip(entries));
    var data = DataSets.open("cifar10", options(folder));
    assertThat(data.task().outputs()).isEqualTo(2);
    assertThat(data.test().size()).isEqualTo(1);
  }

  @Test
  void refusesAFileCutShort() throws IOException {
    var files = files();
    files.put("data_batch_3.bin", Arrays.copyOf(images(), RECORD + 1));
    write(folder.resolve("cifar-10-binary.tar.gz"), gzip(tar(files)));
    refusal("cifar10", options(folder))
        .isEqualTo(
            "'data_batch_3.bin' in '%s' has 3074 bytes, which is not a whole number of images of"
                + " 3073 bytes.",
            folder.resolve("cifar-10-binary.tar.gz"));
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    var files = files();
    var images = images();
    images[2 * RECORD] = 10;
    files.put("test_batch.bin", images);
    write(folder.resolve("cifar-10-binary.tar.gz"), gzip(tar(files)));
    refusal("cifar10", options(folder))
        .startsWith("Image 2 of 'test_batch.bin'")
        .endsWith("has the label 10, but there are only the classes 0 to 9.");
  }

  @Test
  void namesAMissingFile() throws IOException {
    var files = files();
    files.remove("data_batch_4.bin");
    write(folder.resolve("cifar-10-binary.tar.gz"), gzip(tar(files)));
    refusal("cifar10", options(folder)).endsWith("has no file 'data_batch_4.bin'.");
  }

  @Test
  void refusesADamagedArchive() throws IOException {
    var archive = folder.resolve("cifar-10-binary.tar.gz");
    var whole = gzip(tar(files()));
    write(archive, Arrays.copyOf(whole, whole.length / 2));
    refusal("cifar10", options(folder))
        .isEqualTo(
            "The archive '%s' cannot be read: it ends too early, so it is truncated.", archive);
    var tar = tar(files());
    Arrays.fill(tar, 124, 136, (byte) 'x');
    write(archive, tar);
    refusal("cifar10", options(folder)).contains("an entry has the length 'xxxxxxxxxxxx'");
    write(archive, new byte[0]);
    refusal("cifar10", options(folder)).endsWith("so it is truncated.");
  }

  @Test
  void refusesAnAbsurdLengthInsideAnArchive() throws IOException {
    var tar = tar(new TreeMap<>(Map.of("data_batch_1.bin", new byte[RECORD])));
    var length = "77777777777".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(length, 0, tar, 124, length.length);
    write(folder.resolve("cifar-10-binary.tar.gz"), gzip(tar));
    refusal("cifar10", options(folder)).contains("'data_batch_1.bin'").contains("8589934591 bytes");
  }

  @Test
  void refusesToDownloadWhenOffline() {
    refusal("cifar10", options(folder)).endsWith("and downloads are switched off.");
    assertThat(Files.exists(folder.resolve("cache"))).isFalse();
  }

  private static void assertIsTheData(DataSet data) {
    assertThat(data.train().size()).isEqualTo(90);
    assertThat(data.validation().size()).isEqualTo(10);
    assertThat(labels(data.test())).hasSize(IMAGES_PER_FILE).startsWith(0, 1, 2, 3);
    assertThat(data.train().inputShape()).containsExactly(3L, 32L, 32L);
    assertThat(data.test().identity(3)).isEqualTo("test 3");
    var pixels = input(data.test(), 7);
    for (int channel = 0; channel < 3; channel++) {
      double scale = data.normalisation().scales().get(channel);
      double raw = pixels[channel * 1024 + 5] * scale + data.normalisation().means().get(channel);
      assertThat(raw * 255).isCloseTo(100 * channel + 7, within(1e-3));
    }
  }

  /** Every plane of image i is filled with 100 times the channel plus i. */
  private static Map<String, byte[]> files() {
    var files = new TreeMap<String, byte[]>();
    for (int batch = 1; batch <= 5; batch++) {
      files.put("data_batch_" + batch + ".bin", images());
    }
    files.put("test_batch.bin", images());
    return files;
  }

  private static byte[] images() {
    var bytes = new byte[IMAGES_PER_FILE * RECORD];
    for (int image = 0; image < IMAGES_PER_FILE; image++) {
      int start = image * RECORD;
      bytes[start] = (byte) (image % 10);
      for (int channel = 0; channel < 3; channel++) {
        int plane = start + 1 + channel * 1024;
        Arrays.fill(bytes, plane, plane + 1024, (byte) (100 * channel + image));
      }
    }
    return bytes;
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var file : files.entrySet()) {
      var header = new byte[512];
      put(header, 0, "cifar-10-batches-bin/" + file.getKey());
      put(header, 124, "%011o".formatted(file.getValue().length));
      out.write(header);
      out.write(file.getValue());
      out.write(new byte[Math.floorMod(-file.getValue().length, 512)]);
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int start, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, start, bytes.length);
  }
}
