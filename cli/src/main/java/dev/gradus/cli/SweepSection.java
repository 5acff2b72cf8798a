package dev.gradus.cli;

import dev.gradus.cli.RunFile.Entry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A part of a sweep file that holds settings of runs. */
enum SweepSection {
  /** What all runs of a problem share. */
  SETTINGS,
  /** What every entrant varies. */
  SEARCH,
  /** What sets an entrant apart. */
  ENTRANT;

  private static final Set<String> MANAGED = Set.of("seed", "out", "format");

  /** Settings that must not differ between entrants, or nothing could be compared. */
  static Set<String> shared() {
    var keys = new HashSet<>(dataKeys());
    keys.addAll(
        List.of(
            "epochs",
            "best-by",
            "trusted",
            "instance-rates",
            "target",
            "target-size",
            "corrupt-labels",
            "corrupt-how"));
    return keys;
  }

  static Set<String> dataKeys() {
    return CommandSpec.forAnnotatedObject(new DataArguments()).options().stream()
        .map(option -> option.longestName().substring(2))
        .collect(Collectors.toSet());
  }

  List<Entry> read(Path path, List<YamlFile.Entry> entries) {
    entries.forEach(entry -> requireAllowed(path, entry));
    return entries.stream()
        .map(entry -> RunFile.flat(path, entry))
        .filter(entry -> !entry.values().isEmpty())
        .toList();
  }

  private void requireAllowed(Path path, YamlFile.Entry entry) {
    var key = entry.key();
    if (MANAGED.contains(key)) {
      throw YamlFile.mistake(
          path,
          entry.line(),
          "The sweep itself decides '%s'; %s."
              .formatted(key, key.equals("seed") ? "list seeds below 'seeds'" : "leave it out"));
    }
    if (this != SETTINGS && shared().contains(key)) {
      throw YamlFile.mistake(
          path,
          entry.line(),
          "Entrants that differ in '%s' cannot be compared; set it below 'settings'."
              .formatted(key));
    }
    if (entry.values().stream().distinct().count() < entry.values().size()) {
      throw YamlFile.mistake(
          path, entry.line(), "The key '" + key + "' lists a value twice; leave one out.");
    }
  }
}
