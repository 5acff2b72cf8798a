package dev.gradus.cli.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractStringAssert;

/** Small data sets on disk, and reading them. */
final class Fixture {
  private Fixture() {}

  /** Options that look into one folder, keep downloads in its cache and never download. */
  static DataOptions options(Path folder) {
    return DataOptions.usual(LoadListener.SILENT)
        .withPlaces(new DataPlaces(List.of(folder), folder.resolve("cache"), true));
  }

  static AbstractStringAssert<?> refusal(String text, DataOptions options) {
    return assertThatThrownBy(() -> DataSets.open(text, options))
        .isExactlyInstanceOf(UserException.class)
        .message();
  }

  static float[] input(Examples examples, int index) {
    var into = new float[examples.inputLength()];
    examples.input(index, into, 0);
    return into;
  }

  static float[] target(Examples examples, int index) {
    var into = new float[examples.targetLength()];
    examples.target(index, into, 0);
    return into;
  }

  static int[] labels(Examples examples) {
    return IntStream.range(0, examples.size()).map(i -> (int) target(examples, i)[0]).toArray();
  }

  static List<String> identities(Examples examples) {
    return IntStream.range(0, examples.size()).mapToObj(examples::identity).toList();
  }

  static int size(DataSet data) {
    return data.train().size() + data.validation().size() + data.test().size();
  }

  static Path write(Path file, byte... bytes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, bytes);
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, text);
  }

  static byte[] gzip(byte... bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** An idx file's bytes; the values follow as they are, however many the header promises. */
  static byte[] idx(int type, int[] dimensions, byte... values) {
    var bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) type).put((byte) dimensions.length);
    IntStream.of(dimensions).forEach(bytes::putInt);
    return bytes.put(values).array();
  }

  static BufferedImage image(int type, int width, int height, int rgb) {
    var image = new BufferedImage(width, height, type);
    for (int pixel = 0; pixel < width * height; pixel++) {
      image.setRGB(pixel % width, pixel / width, rgb);
    }
    return image;
  }

  static byte[] encoded(BufferedImage image, String format) throws IOException {
    var out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer for " + format);
    }
    return out.toByteArray();
  }

  static byte[] png(int rgb) throws IOException {
    return encoded(image(BufferedImage.TYPE_INT_RGB, 4, 3, rgb), "png");
  }

  static byte[] zip(Map<String, byte[]> entries) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
