package dev.gradus.cli;

import dev.gradus.cli.sweep.Plan;
import dev.gradus.cli.sweep.Problem;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How long the rest of a sweep takes. */
final class SweepEstimate {
  private final SweepRuns runs;
  private final ResultFolder results;
  private final int jobs;
  private final Map<Problem, Double> probes;

  /** Tries each problem for a moment that has no finished run. */
  SweepEstimate(SweepRuns runs, ResultFolder results, int jobs) {
    this.runs = runs;
    this.results = results;
    this.jobs = jobs;
    probes =
        runs.plan().problems().stream().collect(Collectors.toMap(Function.identity(), this::probe));
  }

  private double probe(Problem problem) {
    if (measured(problem).isPresent()) {
      return 0;
    }
    var first = trials(problem).getFirst();
    return SpeedProbe.secondsPerEpoch(runs.settings(first), runs.data(first).withoutTest());
  }

  private List<Trial> trials(Problem problem) {
    return new Plan(runs.plan().baseline(), List.of(problem)).foreseen(results);
  }

  /** The seconds of an epoch in the runs that are finished. */
  private OptionalDouble measured(Problem problem) {
    return trials(problem).stream()
        .flatMap(trial -> results.of(trial).stream())
        .filter(RunSummary::isFinite)
        .filter(summary -> !summary.epochs().isEmpty())
        .mapToDouble(summary -> summary.seconds() / summary.epochs().size())
        .average();
  }

  /** The time for the runs that are not finished. */
  Duration left() {
    double seconds = runs.plan().problems().stream().mapToDouble(this::left).sum();
    return Duration.ofMillis((long) (1e3 * seconds / jobs));
  }

  private double left(Problem problem) {
    long epochs =
        trials(problem).stream()
            .filter(trial -> results.of(trial).isEmpty())
            .mapToLong(runs::epochs)
            .sum();
    return epochs * measured(problem).orElse(probes.getOrDefault(problem, 0.0));
  }
}
