package dev.gradus.cli.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pixels in the format PNG. */
public final class Png {
  private Png() {}

  /**
   * The content of a PNG file.
   *
   * @param image the pixels
   * @return the bytes
   */
  public static byte[] bytes(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
