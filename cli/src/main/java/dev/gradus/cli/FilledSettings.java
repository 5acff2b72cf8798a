package dev.gradus.cli;

import dev.gradus.cli.RunFile.Entry;
import dev.gradus.cli.sweep.Phase;
import dev.gradus.djl.Training;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * The settings of one run of a sweep.
 *
 * @param train what the run does
 * @param all the same, by name
 */
record FilledSettings(TrainSettings train, Settings all) {
  /** A seed that is not the usual one, so that it has its place among the changed settings. */
  static final long SOME_SEED = Training.DEFAULT_SEED + 1;

  private static final String SEED = "seed";

  /** Settings that change no result. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("offline", "optimizer-threads", "checkpoint-every", "tensorboard");

  private static final int HASH_BYTES = 6;
  private static final int LONGEST_WORDS = 48;

  /** Reads the settings of a file. */
  static FilledSettings of(Path path, List<Entry> entries) {
    var train = new TrainSettings();
    var line = new CommandLine(train);
    Settings.parse(line, new RunFile(path, entries));
    return new FilledSettings(train, new Settings(line.getCommandSpec()));
  }

  /**
   * A name for the result of these settings with another seed: some words for people, and a hash
   * that tells all settings apart.
   */
  String name(Phase phase, long seed) {
    var settings = all.changed();
    settings.keySet().removeAll(WITHOUT_EFFECT);
    if (seed == Training.DEFAULT_SEED) {
      settings.remove(SEED);
    } else {
      settings.put(SEED, seed);
    }
    var words = "%s lr %s seed %s".formatted(value("optimizer"), value("lr"), seed);
    return "%s-%s".formatted(clean(words), hash(phase + " " + settings));
  }

  /** The words of a name. */
  static String words(String name) {
    return name.replaceFirst("-[0-9a-f]+$", "");
  }

  private Object value(String key) {
    return all.values().getOrDefault(key, "");
  }

  private static String clean(String words) {
    var clean = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    return clean.length() <= LONGEST_WORDS
        ? clean
        : "..." + clean.substring(clean.length() - LONGEST_WORDS);
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * What a result was made with that is now something else, such as a default that changed; the
   * seed apart.
   */
  List<String> differences(Map<String, Object> stored) {
    return all.values().entrySet().stream()
        .filter(setting -> !WITHOUT_EFFECT.contains(setting.getKey()))
        .filter(setting -> !setting.getKey().equals(SEED))
        .filter(setting -> stored.containsKey(setting.getKey()))
        .filter(s -> !String.valueOf(stored.get(s.getKey())).equals(String.valueOf(s.getValue())))
        .map(setting -> setting.getKey() + " " + stored.get(setting.getKey()))
        .toList();
  }

  /** The settings that decide which data are read, and how. */
  Map<String, Object> data() {
    var settings = all.values();
    settings.keySet().retainAll(SweepSection.dataKeys());
    return settings;
  }
}
