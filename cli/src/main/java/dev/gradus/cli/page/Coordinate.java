package dev.gradus.cli.page;

import java.util.Locale;

/** Numbers in drawings. */
public final class Coordinate {
  private Coordinate() {}

  /**
   * A number with at most two decimals.
   *
   * @param value the number
   * @return such as {@code 0.5}
   */
  public static String text(double value) {
    var text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
