package dev.gradus.cli.figure;

import dev.gradus.cli.sweep.Figure;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Numbers as people read them, in terminals and on pages. */
public final class Figures {
  private static final Set<String> SHARES = Set.of("accuracy", "f1");
  private static final Map<String, String> HEADINGS =
      Map.of("bitsPerCharacter", "bits/char", "r2", "r²");

  private Figures() {}

  /**
   * What tables call a metric.
   *
   * @param metric its name
   * @return the name as people write it
   */
  public static String heading(String metric) {
    boolean last = metric.startsWith(Figure.LAST);
    return last
        ? heading(plain(metric)) + " after the last epoch"
        : HEADINGS.getOrDefault(metric, metric);
  }

  /**
   * A metric's value.
   *
   * @param metric its name, which tells whether it is a share
   * @param value the value
   * @return such as {@code 97.50 %}
   */
  public static String value(String metric, double value) {
    return isShare(metric) ? String.format(Locale.ROOT, "%.2f %%", 100 * value) : number(value);
  }

  /**
   * Whether a metric is a share of a whole, written in per cent.
   *
   * @param metric its name
   * @return true for an accuracy
   */
  public static boolean isShare(String metric) {
    return SHARES.contains(plain(metric));
  }

  private static String plain(String metric) {
    return metric.startsWith(Figure.LAST) ? metric.substring(Figure.LAST.length()) : metric;
  }

  /**
   * Metrics one after the other.
   *
   * @param metrics values by name
   * @return one line
   */
  public static String line(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(metric -> heading(metric.getKey()) + " " + value(metric.getKey(), metric.getValue()))
        .collect(Collectors.joining("  "));
  }

  /**
   * A number with about four digits.
   *
   * @param value the number
   * @return such as {@code 0.1235}
   */
  public static String number(double value) {
    double size = Math.abs(value);
    var form = size >= 1e5 || (size > 0 && size < 1e-3) ? "%.3e" : size >= 100 ? "%.1f" : "%.4f";
    return String.format(Locale.ROOT, form, value);
  }

  /**
   * A speed.
   *
   * @param examplesPerSecond the speed
   * @return such as {@code 1,200/s}
   */
  public static String speed(double examplesPerSecond) {
    return String.format(Locale.ROOT, "%,.0f/s", examplesPerSecond);
  }

  /**
   * A duration, with tenths of a second if it is short.
   *
   * @param seconds the duration
   * @return such as {@code 3.2 s} or {@code 4:05}
   */
  public static String seconds(double seconds) {
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : time(Duration.ofSeconds(Math.round(seconds)));
  }

  /**
   * A duration in hours, minutes and seconds.
   *
   * @param duration the duration
   * @return such as {@code 4:05}
   */
  public static String time(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
