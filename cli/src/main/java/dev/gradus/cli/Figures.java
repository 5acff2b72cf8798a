package dev.gradus.cli;

import dev.gradus.cli.sweep.Figure;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Numbers as people read them. */
final class Figures {
  private static final Set<String> SHARES = Set.of("accuracy", "f1");
  private static final Map<String, String> HEADINGS =
      Map.of("bitsPerCharacter", "bits/char", "r2", "r²");

  private Figures() {}

  static String heading(String metric) {
    boolean last = metric.startsWith(Figure.LAST);
    return last
        ? heading(plain(metric)) + " after the last epoch"
        : HEADINGS.getOrDefault(metric, metric);
  }

  static String value(String metric, double value) {
    return SHARES.contains(plain(metric))
        ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
        : number(value);
  }

  private static String plain(String metric) {
    return metric.startsWith(Figure.LAST) ? metric.substring(Figure.LAST.length()) : metric;
  }

  /** Metrics one after the other. */
  static String line(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(metric -> heading(metric.getKey()) + " " + value(metric.getKey(), metric.getValue()))
        .collect(Collectors.joining("  "));
  }

  /** About four digits. */
  static String number(double value) {
    double size = Math.abs(value);
    var form = size >= 1e5 || (size > 0 && size < 1e-3) ? "%.3e" : size >= 100 ? "%.1f" : "%.4f";
    return String.format(Locale.ROOT, form, value);
  }

  static String speed(double examplesPerSecond) {
    return String.format(Locale.ROOT, "%,.0f/s", examplesPerSecond);
  }

  static String seconds(double seconds) {
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : time(Duration.ofSeconds(Math.round(seconds)));
  }

  static String time(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
