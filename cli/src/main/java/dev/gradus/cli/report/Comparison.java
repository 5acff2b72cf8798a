package dev.gradus.cli.report;

import dev.gradus.cli.sweep.Figure;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Runs on the same data with the same budget.
 *
 * @param title what sets them apart from others
 * @param byTest whether test examples judge, or validation
 * @param metric what judges
 * @param baseline the side that the others are compared with
 * @param shared the settings that all of them have
 * @param sides who is compared
 */
record Comparison(
    String title,
    boolean byTest,
    String metric,
    String baseline,
    SequencedMap<String, String> shared,
    List<Side> sides) {

  Side base() {
    return sides.stream().filter(this::isBaseline).findFirst().orElseThrow();
  }

  boolean isBaseline(Side side) {
    return side.name().equals(baseline);
  }

  /** How many sides are compared with the baseline. */
  int rivals() {
    return sides.size() - 1;
  }

  /** The metric that judges, and the same of the last epoch instead of the best or the reverse. */
  List<String> metrics() {
    var last = Figure.LAST + plainMetric();
    return Stream.of(metric, plainMetric(), last).distinct().filter(this::isKnown).toList();
  }

  private boolean isKnown(String name) {
    return name.equals(metric)
        || sides.stream().anyMatch(side -> !side.figures(name, byTest).isEmpty());
  }

  /** The name of the metric as validation after each epoch has it. */
  String plainMetric() {
    return plain(metric);
  }

  static String plain(String metric) {
    return metric.startsWith(Figure.LAST) ? metric.substring(Figure.LAST.length()) : metric;
  }

  /** The same against another baseline, if it has a side of that name. */
  Comparison against(String name) {
    return sides.stream().anyMatch(side -> side.name().equals(name))
        ? new Comparison(title, byTest, metric, name, shared, sides)
        : this;
  }

  /** What judges if nobody has said it: the metric behind the loss. */
  static String usualMetric(List<Sample> runs, boolean byTest) {
    return runs.stream()
        .map(run -> List.copyOf(run.metrics(byTest).keySet()))
        .filter(names -> !names.isEmpty())
        .map(names -> names.get(Math.min(1, names.size() - 1)))
        .findFirst()
        .orElse("loss");
  }

  /** Whether some run has been judged by test examples. */
  static boolean byTest(List<Sample> runs) {
    return runs.stream().anyMatch(run -> !run.summary().test().isEmpty());
  }
}
