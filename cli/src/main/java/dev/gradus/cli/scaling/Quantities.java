package dev.gradus.cli.scaling;

import java.util.Locale;

/** Times and sizes with three digits and a unit. */
final class Quantities {
  private Quantities() {}

  static String time(double seconds) {
    double milliseconds = seconds * 1e3;
    return milliseconds < 1e3 ? digits(milliseconds) + " ms" : digits(seconds) + " s";
  }

  static String bytes(double bytes) {
    if (bytes < 1e3) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    return bytes < 1e6
        ? digits(bytes / 1e3) + " kB"
        : bytes < 1e9 ? digits(bytes / 1e6) + " MB" : digits(bytes / 1e9) + " GB";
  }

  static String digits(double value) {
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
