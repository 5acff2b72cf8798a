package dev.gradus.cli;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.run.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;

/** How a run ended, as a small table. */
final class ResultTable {
  private ResultTable() {}

  static String of(Result result) {
    var rows = new LinkedHashMap<String, Map<String, Double>>();
    rows.put("train", Map.of("loss", result.trainLoss()));
    rows.put("validation", result.validation());
    rows.put("test", result.test());
    var metrics = metrics(rows);
    var lines = new ArrayList<String>();
    lines.add(line("", metrics.stream().map(Figures::heading).toList()));
    rows.forEach((part, values) -> lines.add(line(part, cells(metrics, values))));
    return String.join(System.lineSeparator(), lines);
  }

  private static SequencedSet<String> metrics(Map<String, Map<String, Double>> rows) {
    var metrics = new LinkedHashSet<String>();
    rows.values().forEach(values -> metrics.addAll(values.keySet()));
    return metrics;
  }

  private static List<String> cells(SequencedSet<String> metrics, Map<String, Double> values) {
    return metrics.stream()
        .map(metric -> values.containsKey(metric) ? cell(metric, values) : "")
        .toList();
  }

  private static String cell(String metric, Map<String, Double> values) {
    return Figures.value(metric, values.getOrDefault(metric, Double.NaN));
  }

  private static String line(String first, List<String> cells) {
    var line = new StringBuilder(String.format(Locale.ROOT, "%-10s", first));
    cells.forEach(cell -> line.append(String.format(Locale.ROOT, "%12s", cell)));
    return line.toString().stripTrailing();
  }
}
