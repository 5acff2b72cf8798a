package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.cli.RunFile.Entry;
import dev.gradus.cli.sweep.Candidate;
import dev.gradus.cli.sweep.Entrant;
import dev.gradus.cli.sweep.Figure;
import dev.gradus.cli.sweep.Phase;
import dev.gradus.cli.sweep.Plan;
import dev.gradus.cli.sweep.Problem;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.Trial;
import dev.gradus.djl.Choice;
import dev.gradus.djl.data.DataSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The runs that a sweep file asks for, each with its settings; all are checked beforehand. */
final class SweepRuns {
  private final SweepFile file;
  private final SweepData data;
  private final EpochTimes times;
  private final Map<Trial, Pattern> patterns = new HashMap<>();
  private final Map<Trial, FilledSettings> settings = new HashMap<>();
  private final Plan plan;

  /**
   * What runs share that differ in the seed alone.
   *
   * @param entries their settings but for the seed
   * @param one those of one of them
   */
  private record Pattern(List<Entry> entries, FilledSettings one) {}

  SweepRuns(SweepFile file, SweepData data, EpochTimes times) {
    this.file = file;
    this.data = data;
    this.times = times;
    plan = new Plan(file.baseline(), Grid.of(file.settings()).stream().map(this::problem).toList());
  }

  Plan plan() {
    return plan;
  }

  EpochTimes times() {
    return times;
  }

  FilledSettings settings(Trial trial) {
    return settings.computeIfAbsent(trial, this::filled);
  }

  private FilledSettings filled(Trial trial) {
    var filled = seeded(pattern(trial).entries(), trial.seed());
    filled.train().complete(data.of(filled));
    return filled;
  }

  private Pattern pattern(Trial trial) {
    return requireNonNull(patterns.get(trial));
  }

  private FilledSettings seeded(List<Entry> entries, long seed) {
    return FilledSettings.of(file.path(), Grid.merged(entries, List.of(entry("seed", seed))));
  }

  private Problem problem(List<Entry> shared) {
    var common = FilledSettings.of(file.path(), shared);
    var set = data.of(common);
    requireParts(set);
    var choice = common.train().loop.choice(set);
    return new Problem(
        Grid.name(file.settings(), shared),
        figure(choice),
        judgements(set),
        file.search().rungs(file.entrants().getFirst().candidates().size()),
        file.entrants().stream().map(side -> entrant(shared, side, set)).toList());
  }

  private void requireParts(DataSet set) {
    if (!file.tuningSeeds().isEmpty() && set.validation().size() == 0) {
      throw new UserException(
          "%s: There are no validation examples in %s to choose by; set 'validation' above 0."
              .formatted(file.path(), set.name()));
    }
    if (!file.seeds().isEmpty() && set.test().size() == 0) {
      throw new UserException(
          "%s: There are no test examples in %s to judge by; set 'test' above 0."
              .formatted(file.path(), set.name()));
    }
  }

  private List<Figure> judgements(DataSet set) {
    var usual = List.of(Choice.metrics(set.task()).get(1));
    var metrics = file.metrics().isEmpty() ? usual : file.metrics();
    return metrics.stream().map(metric -> judgement(set, metric)).toList();
  }

  private static Figure judgement(DataSet set, String metric) {
    boolean last = metric.startsWith(Figure.LAST);
    var figure =
        figure(Choice.of(set.task(), last ? metric.substring(Figure.LAST.length()) : metric));
    return last ? figure.ofLast() : figure;
  }

  private static Figure figure(Choice choice) {
    return new Figure(choice.metric(), choice.better() == Better.HIGHER);
  }

  private Entrant entrant(List<Entry> shared, SweepFile.Side side, DataSet set) {
    var candidates =
        side.candidates().stream()
            .map(combination -> candidate(shared, side, combination, set))
            .toList();
    requireDifferent(side, candidates);
    return new Entrant(side.name(), candidates);
  }

  private void requireDifferent(SweepFile.Side side, List<Candidate> candidates) {
    var seen = new HashSet<Trial>();
    for (var candidate : candidates) {
      var tuning = candidate.tuning().getLast();
      var trials = tuning.isEmpty() ? candidate.finals() : tuning;
      if (!seen.add(trials.getFirst())) {
        throw file.mistake(
            side.line(),
            "The entrant '%s' has the same candidate twice (%s); leave one out."
                .formatted(side.name(), Candidate.text(candidate.varied())));
      }
    }
  }

  private Candidate candidate(
      List<Entry> shared, SweepFile.Side side, List<Entry> combination, DataSet set) {
    var entries = Grid.merged(shared, combination);
    int epochs = epochs(entries);
    int candidates = side.candidates().size();
    var rungs =
        IntStream.range(0, file.search().rungs(candidates).size())
            .map(rung -> file.search().epochs(rung, candidates, epochs))
            .mapToObj(part -> trials(entries, Phase.TUNING, part, set))
            .toList();
    return new Candidate(
        Grid.varied(side.settings(), combination),
        rungs,
        trials(entries, Phase.FINAL, epochs, set));
  }

  /** Builds the network once, to refuse one that does not fit the data before anything runs. */
  private int epochs(List<Entry> entries) {
    var filled = FilledSettings.of(file.path(), entries);
    var set = data.of(filled);
    filled.train().complete(set);
    filled.train().network(set).close();
    return file.budget().epochs(filled, set, times);
  }

  private List<Trial> trials(List<Entry> entries, Phase phase, int epochs, DataSet set) {
    var budgeted = Grid.merged(entries, List.of(entry("epochs", epochs)));
    var seeds = phase == Phase.TUNING ? file.tuningSeeds() : file.seeds();
    var one = seeded(budgeted, FilledSettings.SOME_SEED);
    one.train().complete(set);
    return seeds.stream().map(seed -> trial(new Pattern(budgeted, one), phase, seed)).toList();
  }

  private static Entry entry(String key, Number value) {
    return new Entry(key, List.of(value.toString()), 1);
  }

  private Trial trial(Pattern pattern, Phase phase, Long seed) {
    var trial = new Trial(pattern.one().name(phase, seed), phase, seed);
    patterns.put(trial, pattern);
    return trial;
  }

  /** How long a run trains. */
  int epochs(Trial trial) {
    return pattern(trial).one().train().loop.epochs();
  }

  /** Refuses results whose names stand for other settings now. */
  void requireSame(ResultFolder results) {
    patterns.forEach(
        (trial, all) -> results.of(trial).ifPresent(s -> requireSame(trial, all.one(), s)));
  }

  private static void requireSame(Trial trial, FilledSettings now, RunSummary summary) {
    var differences = now.differences(summary.settings());
    if (!differences.isEmpty()) {
      throw new UserException(
          "The result %s was made with %s, which is another value now; set that or move the file."
              .formatted(trial.name(), String.join(", ", differences)));
    }
  }

  /** The data of a run; when tuning, its test examples are out of reach. */
  DataSet data(Trial trial) {
    var set = data.of(settings(trial));
    return trial.phase() == Phase.TUNING ? set.withoutTest() : set;
  }

  /** The data set with all its parts, to describe it. */
  DataSet whole(Trial trial) {
    return data.of(settings(trial));
  }
}
