package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.RunFile.Entry;
import dev.gradus.cli.sweep.Search;
import dev.gradus.text.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The description of a sweep, as {@code docs/sweep.md} defines it.
 *
 * @param path where it lies, for messages
 * @param settings settings of every run; each combination of listed values is a problem
 * @param budget how long each run trains
 * @param search how candidates are found and one of them chosen
 * @param entrants who is compared, with what each varies
 * @param baseline the entrant that the others are compared with
 * @param tuningSeeds the seeds of the runs that choose a candidate
 * @param seeds the seeds of the runs that judge it; none if nothing but tuning is wanted
 * @param metrics the test metrics that judge, each with a table of its own; none for the usual one
 */
record SweepFile(
    Path path,
    List<Entry> settings,
    Budget budget,
    Search search,
    List<Side> entrants,
    String baseline,
    List<Long> tuningSeeds,
    List<Long> seeds,
    List<String> metrics) {
  static final String FORMAT = "1";

  private static final List<String> KEYS =
      List.of(
          "format",
          "settings",
          "budget",
          "search",
          "tuning",
          "entrants",
          "baseline",
          "tuning-seeds",
          "seeds",
          "metric");

  /**
   * An entrant as it is written down.
   *
   * @param name what tables call it
   * @param line where it stands
   * @param settings what it sets, several values or a range for what is varied
   * @param candidates its settings with one value each
   */
  record Side(String name, int line, List<Entry> settings, List<List<Entry>> candidates) {}

  static SweepFile read(Path path) {
    var file = YamlFile.read(path, "sweep file", "seeds: [1, 2, 3]");
    var keys =
        file.entries().stream().collect(Collectors.toMap(YamlFile.Entry::key, Function.identity()));
    file.entries().forEach(entry -> requireKnown(path, entry));
    return new Reader(path, keys).read();
  }

  private static void requireKnown(Path path, YamlFile.Entry entry) {
    if (!KEYS.contains(entry.key())) {
      var hint =
          Settings.keys().contains(entry.key())
              ? "; settings of runs stand below 'settings', 'search' or an entrant."
              : Nearest.hint(entry.key(), KEYS);
      throw YamlFile.mistake(path, entry.line(), "Unknown key '" + entry.key() + "'" + hint);
    }
  }

  UserException mistake(int line, String sentence) {
    return YamlFile.mistake(path, line, sentence);
  }

  /** Takes the keys of a file apart. */
  private record Reader(Path path, Map<String, YamlFile.Entry> keys) {
    private static final YamlFile.Entry ABSENT = new YamlFile.Entry("", List.of(), 1, List.of());

    SweepFile read() {
      requireFormat();
      var search = search();
      var varied = SweepSection.SEARCH.read(path, entry("search").entries());
      var sides =
          entry("entrants").entries().stream()
              .map(entrant -> side(entrant, varied, search))
              .toList();
      if (sides.isEmpty()) {
        throw YamlFile.mistake(
            path, entry("entrants").line(), "There is nobody to compare; name entrants.");
      }
      requireEqualSearch(sides);
      var settings = SweepSection.SETTINGS.read(path, entry("settings").entries());
      var seeds = seeds("seeds", "");
      var budget = Budget.read(path, keys.get("budget"));
      requireOneBudget(budget, settings);
      boolean tunes = seeds.isEmpty() || sides.getFirst().candidates().size() > 1;
      return new SweepFile(
          path,
          settings,
          budget,
          search,
          sides,
          baseline(sides),
          tunes ? seeds("tuning-seeds", "0") : List.of(),
          seeds,
          values("metric"));
    }

    private YamlFile.Entry entry(String key) {
      return keys.getOrDefault(key, ABSENT);
    }

    private void requireFormat() {
      var format = one("format", FORMAT);
      if (!format.equals(FORMAT)) {
        throw YamlFile.mistake(
            path,
            entry("format").line(),
            "The format is %s, but this Gradus reads format %s; use a newer one."
                .formatted(format, FORMAT));
      }
    }

    private Search search() {
      try {
        return Search.parse(one("tuning", Search.GRID.toString()));
      } catch (UserException mistake) {
        throw YamlFile.mistake(path, entry("tuning").line(), String.valueOf(mistake.getMessage()));
      }
    }

    private Side side(YamlFile.Entry entrant, List<Entry> varied, Search search) {
      var own = SweepSection.ENTRANT.read(path, entrant.entries());
      var settings = Grid.merged(varied, own);
      var candidates =
          search
              .random()
              .map(how -> Draws.of(path, entrant, settings, how))
              .orElseGet(() -> Grid.of(listed(settings)));
      return new Side(entrant.key(), entrant.line(), settings, candidates);
    }

    private List<Entry> listed(List<Entry> settings) {
      for (var setting : settings) {
        if (Span.of(setting).isPresent()) {
          throw YamlFile.mistake(
              path,
              setting.line(),
              "Values of a range are drawn: say how many by 'tuning: random(20)', or list values of"
                  + " '%s'.".formatted(setting.key()));
        }
      }
      return settings;
    }

    private void requireOneBudget(Budget budget, List<Entry> settings) {
      if (!(budget instanceof Budget.OfSettings)
          && settings.stream().anyMatch(setting -> setting.key().equals("epochs"))) {
        throw YamlFile.mistake(
            path, entry("budget").line(), "Give a 'budget' or 'epochs', not both.");
      }
    }

    private void requireEqualSearch(List<Side> sides) {
      var first = sides.getFirst();
      for (var side : sides) {
        int candidates = side.candidates().size();
        if (candidates != first.candidates().size()) {
          throw YamlFile.mistake(
              path,
              side.line(),
              "The entrant '%s' has %d candidates, but '%s' has %d; give each equally many."
                  .formatted(side.name(), candidates, first.name(), first.candidates().size()));
        }
      }
    }

    private String baseline(List<Side> sides) {
      var names = sides.stream().map(Side::name).toList();
      var baseline = one("baseline", names.getFirst());
      if (!names.contains(baseline)) {
        throw YamlFile.mistake(
            path,
            entry("baseline").line(),
            "The baseline '" + baseline + "' is no entrant" + Nearest.hint(baseline, names));
      }
      return baseline;
    }

    private String one(String key, String usual) {
      var values = values(key);
      if (values.size() > 1) {
        throw YamlFile.mistake(
            path, entry(key).line(), "The key '" + key + "' takes one value, not a list.");
      }
      return values.isEmpty() ? usual : values.getFirst();
    }

    private List<String> values(String key) {
      return RunFile.flat(path, entry(key)).values();
    }

    private List<Long> seeds(String key, String usual) {
      var values = values(key);
      var texts = values.isEmpty() && !usual.isEmpty() ? List.of(usual) : values;
      var seeds = texts.stream().map(text -> seed(key, text)).distinct().toList();
      if (seeds.size() < texts.size()) {
        throw YamlFile.mistake(
            path, entry(key).line(), "The key '" + key + "' has a seed twice; leave one out.");
      }
      return seeds;
    }

    private Long seed(String key, String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException mistyped) {
        throw YamlFile.mistake(
            path,
            entry(key).line(),
            "The key '%s' takes whole numbers such as [1, 2, 3], not '%s'.".formatted(key, text));
      }
    }
  }
}
