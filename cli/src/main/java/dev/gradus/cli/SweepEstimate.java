package dev.gradus.cli;

import dev.gradus.cli.sweep.Plan;
import dev.gradus.cli.sweep.Problem;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.Trial;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long the rest of a sweep takes. */
final class SweepEstimate {
  private static final long PROBE_NANOS = 2_000_000_000L;

  private final Plan plan;
  private final ResultFolder results;
  private final int jobs;
  private final Map<Problem, Double> probes;

  /** Tries each problem for a moment that has no finished run. */
  SweepEstimate(SweepRuns runs, ResultFolder results, int jobs) {
    plan = runs.plan();
    this.results = results;
    this.jobs = jobs;
    probes =
        plan.problems().stream()
            .collect(Collectors.toMap(Function.identity(), problem -> probe(runs, problem)));
  }

  private double probe(SweepRuns runs, Problem problem) {
    return measured(problem).isPresent()
        ? 0
        : seconds(runs, trials(problem).findFirst().orElseThrow());
  }

  /** Trains for a moment and extrapolates; nothing is written. */
  private static double seconds(SweepRuns runs, Trial trial) {
    var settings = runs.settings(trial).train();
    var data = runs.data(trial).withoutTest();
    var probe = new Probe();
    try (var network = settings.network(data)) {
      settings.training(network, data).listener(probe).stopWhen(probe::isOver).run();
    } catch (NotFiniteException diverged) {
      return probe.seconds;
    }
    return probe.seconds;
  }

  /** Takes the speed of late for that of the whole run. */
  private static final class Probe implements TrainingListener {
    private final long began = System.nanoTime();
    private long steps;
    private double seconds;

    boolean isOver() {
      return System.nanoTime() - began > PROBE_NANOS;
    }

    @Override
    public void on(TrainingEvent event) {
      switch (event) {
        case TrainingEvent.Started started -> steps = started.totalSteps();
        case TrainingEvent.StepDone done when done.step() + 1 < steps ->
            seconds = done.remaining().toMillis() / 1e3 * steps / (steps - done.step() - 1);
        default -> {}
      }
    }
  }

  private static Stream<Trial> trials(Problem problem) {
    return problem.entrants().stream()
        .flatMap(entrant -> entrant.candidates().stream())
        .flatMap(c -> Stream.concat(c.tuning().stream(), c.finals().stream()));
  }

  private OptionalDouble measured(Problem problem) {
    return trials(problem)
        .flatMap(trial -> results.of(trial).stream())
        .filter(RunSummary::isFinite)
        .mapToDouble(RunSummary::seconds)
        .average();
  }

  /** The time for the runs that are not finished. */
  Duration left() {
    double seconds = plan.problems().stream().mapToDouble(this::left).sum();
    return Duration.ofMillis((long) (1e3 * seconds / jobs));
  }

  private double left(Problem problem) {
    var alone = new Plan(plan.baseline(), List.of(problem));
    long runs = alone.size(results) - alone.finished(results);
    return runs * measured(problem).orElse(probes.getOrDefault(problem, 0.0));
  }
}
