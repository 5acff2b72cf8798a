package dev.gradus.cli.page;

import java.util.Locale;

/**
 * The numbers of a dictionary's row as narrow bars, drawn as one path.
 *
 * @param width how many bars
 * @param path of all bars, in a box of {@code width} by {@link #HEIGHT}
 * @param text the same in words
 */
public record RowChart(int width, String path, String text) {
  /** The height of the tallest bar. */
  public static final int HEIGHT = 32;

  /**
   * Draws a row.
   *
   * @param row numbers of 0 or more
   * @return bars, the tallest of full height
   */
  public static RowChart of(float[] row) {
    float largest = 0;
    int zeros = 0;
    int place = 0;
    for (int i = 0; i < row.length; i++) {
      place = row[i] > largest ? i : place;
      largest = Math.max(largest, row[i]);
      zeros += row[i] == 0 ? 1 : 0;
    }
    var path = new StringBuilder();
    for (int i = 0; i < row.length && largest > 0; i++) {
      double height = HEIGHT * row[i] / (double) largest;
      if (height >= 0.05) {
        path.append(String.format(Locale.ROOT, "M%d %dv-%.1fh1v%.1f", i, HEIGHT, height, height));
      }
    }
    var text =
        "dictionary row: %d features, %d of them 0, the largest is number %d"
            .formatted(row.length, zeros, place + 1);
    return new RowChart(row.length, path.toString(), text);
  }
}
