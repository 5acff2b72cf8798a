package dev.gradus.cli.page;

import dev.gradus.cli.chart.Png;
import java.awt.image.BufferedImage;
import java.util.Base64;

/**
 * A picture within a page, as a PNG in a data address.
 *
 * @param address the picture itself
 * @param width in pixels
 * @param height in pixels
 */
public record Thumbnail(String address, int width, int height) {
  private static final int WHITE = 255;
  private static final int COLOURS = 3;

  /**
   * Makes a picture of brightnesses, made smaller if it is too large: a pixel is then the mean of
   * those that it covers.
   *
   * @param values from 0 (black) to 1 (white), channel by channel, row by row
   * @param channels 1 for grey, 3 for red, green and blue
   * @param height how many rows there are
   * @param width how many columns there are
   * @param largest how many pixels the picture may be high and wide
   * @return the picture
   */
  public static Thumbnail of(float[] values, int channels, int height, int width, int largest) {
    double scale = Math.max(1, (double) Math.max(height, width) / largest);
    int rows = Math.max(1, (int) (height / scale));
    int columns = Math.max(1, (int) (width / scale));
    var image = new BufferedImage(columns, rows, type(channels));
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          var area =
              new Area(
                  row * height / rows,
                  (row + 1) * height / rows,
                  column * width / columns,
                  (column + 1) * width / columns);
          double mean = area.mean(values, channel * height, width);
          image.getRaster().setSample(column, row, channel, sample(mean));
        }
      }
    }
    var text = Base64.getEncoder().encodeToString(Png.bytes(image));
    return new Thumbnail("data:image/png;base64," + text, columns, rows);
  }

  private static int type(int channels) {
    return channels == COLOURS ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
  }

  private static int sample(double brightness) {
    return Math.clamp(Math.round(brightness * WHITE), 0, WHITE);
  }

  /** Some rows and columns; the ends are not among them. */
  private record Area(int top, int bottom, int left, int right) {
    double mean(float[] values, int rowsBefore, int width) {
      double sum = 0;
      for (int row = top; row < bottom; row++) {
        for (int column = left; column < right; column++) {
          sum += values[(rowsBefore + row) * width + column];
        }
      }
      return sum / ((bottom - top) * (right - left));
    }
  }
}
