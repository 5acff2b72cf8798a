package dev.gradus.cli;

import dev.gradus.cli.RunFile.Entry;
import dev.gradus.cli.sweep.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The combinations of settings for which several values are listed. */
final class Grid {
  private Grid() {}

  /** Every combination, each with one value for every setting; the last setting changes fastest. */
  static List<List<Entry>> of(List<Entry> settings) {
    List<List<Entry>> combinations = List.of(List.of());
    for (var setting : settings) {
      combinations =
          combinations.stream()
              .flatMap(begun -> single(setting).stream().map(value -> with(begun, value)))
              .toList();
    }
    return combinations;
  }

  private static List<Entry> single(Entry setting) {
    return setting.values().stream()
        .map(value -> new Entry(setting.key(), List.of(value), setting.line()))
        .toList();
  }

  private static List<Entry> with(List<Entry> begun, Entry next) {
    var longer = new ArrayList<>(begun);
    longer.add(next);
    return List.copyOf(longer);
  }

  /** What a combination has for the settings that are varied. */
  static SequencedMap<String, String> varied(List<Entry> settings, List<Entry> combination) {
    var varied = new LinkedHashMap<String, String>();
    for (int i = 0; i < settings.size(); i++) {
      if (Draws.isVaried(settings.get(i))) {
        varied.put(settings.get(i).key(), combination.get(i).values().getFirst());
      }
    }
    return varied;
  }

  /** What sets a combination apart from the others; empty if there is one only. */
  static String name(List<Entry> settings, List<Entry> combination) {
    var varied = varied(settings, combination);
    return varied.isEmpty() ? "" : Candidate.text(varied);
  }

  /** Some settings and others, which win over those of the same name. */
  static List<Entry> merged(List<Entry> some, List<Entry> others) {
    var all = new LinkedHashMap<String, Entry>();
    some.forEach(entry -> all.put(entry.key(), entry));
    others.forEach(entry -> all.put(entry.key(), entry));
    return List.copyOf(all.values());
  }
}
