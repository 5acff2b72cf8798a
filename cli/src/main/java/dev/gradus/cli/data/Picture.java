package dev.gradus.cli.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/** A decoded image: unsigned bytes, channel by channel (grey, or red, green, blue), row by row. */
final class Picture {
  private static final int RED_WEIGHT = 299;
  private static final int GREEN_WEIGHT = 587;
  private static final int BLUE_WEIGHT = 114;

  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;

  Picture(int channels, int height, int width, byte[] pixels) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  static boolean isGrey(BufferedImage image) {
    var model = image.getColorModel();
    return !(model instanceof IndexColorModel)
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  static Picture of(BufferedImage image, int channels) {
    int area = image.getWidth() * image.getHeight();
    var planes = new byte[channels][area];
    if (isGrey(image)) {
      fillFromGrey(image, planes);
    } else if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      var bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      for (int pixel = 0; pixel < area; pixel++) {
        set(
            planes,
            pixel,
            bytes[3 * pixel + 2] & 0xff,
            bytes[3 * pixel + 1] & 0xff,
            bytes[3 * pixel] & 0xff);
      }
    } else {
      fillFromAnyColour(image, planes);
    }
    return new Picture(channels, image.getHeight(), image.getWidth(), joined(planes));
  }

  private static void fillFromGrey(BufferedImage image, byte[][] planes) {
    var raster = image.getRaster();
    int shift = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
    var samples = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    for (var plane : planes) {
      for (int pixel = 0; pixel < samples.length; pixel++) {
        plane[pixel] = (byte) (samples[pixel] >> shift);
      }
    }
  }

  private static void fillFromAnyColour(BufferedImage image, byte[][] planes) {
    int width = image.getWidth();
    var colours = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    for (int pixel = 0; pixel < colours.length; pixel++) {
      int colour = colours[pixel];
      set(planes, pixel, colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff);
    }
  }

  private static void set(byte[][] planes, int pixel, int red, int green, int blue) {
    if (planes.length == 1) {
      int grey = RED_WEIGHT * red + GREEN_WEIGHT * green + BLUE_WEIGHT * blue;
      planes[0][pixel] = (byte) ((grey + 500) / 1000);
    } else {
      planes[0][pixel] = (byte) red;
      planes[1][pixel] = (byte) green;
      planes[2][pixel] = (byte) blue;
    }
  }

  private static byte[] joined(byte[][] planes) {
    int area = planes[0].length;
    var pixels = new byte[planes.length * area];
    for (int plane = 0; plane < planes.length; plane++) {
      System.arraycopy(planes[plane], 0, pixels, plane * area, area);
    }
    return pixels;
  }

  /**
   * The largest centred part with the wanted proportions, brought to the wanted size: every new
   * pixel is the mean of the area it covers.
   */
  Picture resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    double scale = Math.min((double) height / newHeight, (double) width / newWidth);
    var rows = Coverage.of(height, newHeight, scale);
    var columns = Coverage.of(width, newWidth, scale);
    var result = new byte[channels * newHeight * newWidth];
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < newHeight; row++) {
        for (int column = 0; column < newWidth; column++) {
          result[(channel * newHeight + row) * newWidth + column] =
              mean(channel, rows[row], columns[column]);
        }
      }
    }
    return new Picture(channels, newHeight, newWidth, result);
  }

  private byte mean(int channel, Coverage rows, Coverage columns) {
    double sum = 0;
    for (int row = rows.first(); row <= rows.last(); row++) {
      int start = (channel * height + row) * width;
      double ofRow = 0;
      for (int column = columns.first(); column <= columns.last(); column++) {
        ofRow += columns.weight(column) * (pixels[start + column] & 0xff);
      }
      sum += rows.weight(row) * ofRow;
    }
    return (byte) Math.round(sum / (rows.length() * columns.length()));
  }

  int channels() {
    return channels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  byte[] pixels() {
    return pixels;
  }
}
