package dev.gradus.cli;

import dev.gradus.cli.RunFile.Entry;
import dev.gradus.cli.sweep.SearchStage;
import dev.gradus.djl.data.SplitMix64;
import dev.gradus.djl.data.StableHash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/** Combinations of settings drawn at random: a pure function of seed, settings and number. */
final class Draws {
  private static final int ATTEMPTS = 100;
  private static final int FINE = 1 << 30;

  private Draws() {}

  /** So many different combinations of an entrant's settings. */
  static List<List<Entry>> of(
      Path path, YamlFile.Entry entrant, List<Entry> settings, SearchStage.Random how) {
    var different = new LinkedHashMap<List<String>, List<Entry>>();
    for (int i = 0; i < ATTEMPTS * how.trials() && different.size() < how.trials(); i++) {
      var drawn = draw(settings, how.seed(), i);
      different.putIfAbsent(drawn.stream().map(entry -> entry.values().getFirst()).toList(), drawn);
    }
    if (different.size() < how.trials()) {
      throw YamlFile.mistake(
          path,
          entrant.line(),
          "The entrant '%s' has only %d candidates, but %d are to be drawn; draw fewer."
              .formatted(entrant.key(), different.size(), how.trials()));
    }
    return List.copyOf(different.values());
  }

  private static List<Entry> draw(List<Entry> settings, long seed, int number) {
    return settings.stream()
        .map(
            setting ->
                new Entry(setting.key(), List.of(value(setting, seed, number)), setting.line()))
        .toList();
  }

  private static String value(Entry setting, long seed, int number) {
    var bits = SplitMix64.at(seed, StableHash.of(setting.key()), number);
    return Span.of(setting)
        .map(span -> span.at((double) bits.below(FINE) / FINE))
        .orElseGet(() -> setting.values().get(bits.below(setting.values().size())));
  }

  /** Whether values are drawn for a setting, or listed. */
  static boolean isVaried(Entry setting) {
    return setting.values().size() > 1 || Span.of(setting).isPresent();
  }
}
