package dev.gradus.cli.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes JPEG and PNG, told apart by their first bytes; one thread at a time. */
final class ImageDecoder implements AutoCloseable {
  private static final long MOST_PIXELS = mostPixels();
  private static final int MEMORY_PER_PIXEL = 16;

  private final ImageReader jpeg = reader("jpeg");
  private final ImageReader png = reader("png");
  private final AtomicReference<@Nullable String> damage = new AtomicReference<>();

  ImageDecoder() {
    jpeg.addIIOReadWarningListener((source, warning) -> damage.set(warning));
  }

  /** Every processor may hold one image at a time. */
  private static long mostPixels() {
    int processors = Runtime.getRuntime().availableProcessors();
    return Math.min(100_000_000, MemoryBudget.heap() / processors / MEMORY_PER_PIXEL);
  }

  private static ImageReader reader(String format) {
    return ImageIO.getImageReadersByFormatName(format).next();
  }

  BufferedImage decode(byte[] file) throws UnreadableImageException {
    var reader = readerFor(file);
    damage.set(null);
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      requireReasonableSize(reader);
      var image = reader.read(0);
      requireWhole();
      return image;
    } catch (UnreadableImageException unreadable) {
      throw unreadable;
    } catch (IOException | RuntimeException damaged) {
      throw new UnreadableImageException("cannot be decoded (" + firstLine(damaged) + ")", damaged);
    } finally {
      reader.setInput(null);
    }
  }

  private ImageReader readerFor(byte[] file) throws UnreadableImageException {
    if (startsWith(file, 0xff, 0xd8)) {
      return jpeg;
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return png;
    }
    throw new UnreadableImageException(
        file.length == 0 ? "is empty" : "is neither a JPEG nor a PNG image");
  }

  private static boolean startsWith(byte[] file, int... bytes) {
    for (int index = 0; index < bytes.length; index++) {
      if (index >= file.length || Byte.toUnsignedInt(file[index]) != bytes[index]) {
        return false;
      }
    }
    return true;
  }

  private static void requireReasonableSize(ImageReader reader) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > MOST_PIXELS) {
      throw new UnreadableImageException(
          "has %d x %d pixels, more than %,d".formatted(width, height, MOST_PIXELS));
    }
  }

  /** The JPEG reader only warns when it fills the missing part of a truncated file with grey. */
  private void requireWhole() throws UnreadableImageException {
    var warning = damage.get();
    if (warning != null && (warning.contains("Truncated") || warning.contains("premature"))) {
      throw new UnreadableImageException("is truncated");
    }
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }

  @Override
  public void close() {
    jpeg.dispose();
    png.dispose();
  }
}
