package dev.gradus.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells which single runs can be compared, and which of them differ in the seed alone. */
final class Kinship {
  /**
   * Settings that tell nothing of a run's result, and the seed, which tells runs of a side apart.
   */
  private static final Set<String> BESIDE =
      Set.of(
          "format",
          "seed",
          "out",
          "offline",
          "threads",
          "optimizer-threads",
          "checkpoint-every",
          "keep",
          "tensorboard",
          "measure-every");

  private static final String OPTIMIZER = "optimizer";

  private Kinship() {}

  /** Runs that agree in the decisive settings, together. */
  static List<Comparison> compare(List<Sample> runs, Set<String> decisive, Notes notes) {
    var groups =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> decisive(run, decisive), LinkedHashMap::new, Collectors.toList()));
    if (groups.size() > 1) {
      notes.add(
          "The single runs differ in data or budget, so they are compared in %d groups."
              .formatted(groups.size()));
    }
    var deciding = varied(List.copyOf(groups.keySet()));
    return groups.entrySet().stream()
        .map(group -> comparison(group.getValue(), words(group.getKey(), deciding), notes))
        .toList();
  }

  private static SequencedMap<String, String> decisive(Sample run, Set<String> keys) {
    var decisive = settings(run);
    decisive.keySet().retainAll(keys);
    var contents = run.summary().data().contents();
    if (!contents.isEmpty()) {
      decisive.put("contents", contents);
    }
    return decisive;
  }

  private static Comparison comparison(List<Sample> runs, String deciding, Notes notes) {
    boolean byTest = Comparison.byTest(runs);
    var varied = varied(runs.stream().map(Kinship::settings).toList());
    var sides = sides(runs, varied, notes);
    var shared = shared(runs);
    var title =
        Stream.of(shared.getOrDefault("data", ""), shared.getOrDefault("model", ""), deciding)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    var metric = Comparison.usualMetric(runs, byTest);
    return new Comparison(title, byTest, metric, sides.getFirst().name(), shared, sides);
  }

  private static List<Side> sides(List<Sample> runs, Set<String> varied, Notes notes) {
    var sides = new LinkedHashMap<String, List<Sample>>();
    for (var run : runs) {
      var side = sides.computeIfAbsent(name(run, varied), _ -> new ArrayList<>());
      if (side.stream().anyMatch(other -> other.seed() == run.seed())) {
        notes.add(
            "Left out: the run %s has the settings and the seed of another one."
                .formatted(run.name()));
      } else {
        side.add(run);
      }
    }
    return sides.entrySet().stream()
        .map(side -> new Side(side.getKey(), "", side.getValue(), List.of(), List.of()))
        .toList();
  }

  /** The optimizer, and what else sets a run apart from those it is compared with. */
  private static String name(Sample run, Set<String> varied) {
    var settings = settings(run);
    var others = new LinkedHashSet<>(varied);
    others.remove(OPTIMIZER);
    var words = words(settings, others);
    boolean named = varied.isEmpty() || varied.contains(OPTIMIZER);
    return Stream.of(named ? settings.getOrDefault(OPTIMIZER, "") : "", words)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String words(Map<String, String> settings, Set<String> keys) {
    return keys.stream()
        .filter(key -> settings.containsKey(key) && !key.equals("contents"))
        .map(key -> key + "=" + settings.get(key))
        .collect(Collectors.joining(" "));
  }

  /** The settings of which some have another value, or none. */
  private static Set<String> varied(List<? extends Map<String, String>> all) {
    return all.stream()
        .flatMap(settings -> settings.keySet().stream())
        .distinct()
        .filter(key -> all.stream().map(s -> s.getOrDefault(key, "")).distinct().count() > 1)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The settings that all runs have, the seed apart. */
  static SequencedMap<String, String> shared(List<Sample> runs) {
    var all = runs.stream().map(Kinship::settings).toList();
    var shared = all.isEmpty() ? new LinkedHashMap<String, String>() : all.getFirst();
    shared.keySet().removeAll(varied(all));
    return shared;
  }

  private static SequencedMap<String, String> settings(Sample run) {
    return run.summary().settings().keySet().stream()
        .filter(key -> !BESIDE.contains(key))
        .collect(
            Collectors.toMap(Function.identity(), run::setting, (a, _) -> a, LinkedHashMap::new));
  }
}
