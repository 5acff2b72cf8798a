package dev.gradus.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One side of a comparison.
 *
 * @param name what it is called
 * @param chosen the settings that validation has chosen, in words; empty if nothing was to choose
 * @param runs the runs that judge it, diverged ones included
 * @param tried what it was tuned with; empty if nothing was tried
 * @param remarks what a reader should know, a sentence each
 */
record Side(
    String name, String chosen, List<Sample> runs, List<Tried> tried, List<String> remarks) {
  /**
   * A candidate of the tuning.
   *
   * @param varied its settings
   * @param runs its tuning runs
   */
  record Tried(SequencedMap<String, String> varied, List<Sample> runs) {}

  /** The runs that did not diverge. */
  List<Sample> finite() {
    return runs.stream().filter(run -> run.summary().isFinite()).toList();
  }

  /** A metric of the runs that did not diverge, by seed; runs without a finite one are left out. */
  Map<Long, Double> figures(String metric, boolean byTest) {
    var figures = new LinkedHashMap<Long, Double>();
    for (var run : finite()) {
      var value = run.metrics(byTest).get(metric);
      if (value != null && Double.isFinite(value)) {
        figures.putIfAbsent(run.seed(), value);
      }
    }
    return figures;
  }
}
