package dev.gradus.cli.report;

import dev.gradus.UserException;
import dev.gradus.cli.sweep.RunSummary;
import java.util.Map;

/**
 * A run that has come to an end.
 *
 * @param name what it is called
 * @param summary what came of it
 */
record Sample(String name, RunSummary summary) {
  /**
   * Checks what runs are told apart by.
   *
   * @throws UserException if the run has no seed
   */
  Sample {
    var seed = String.valueOf(summary.settings().getOrDefault("seed", ""));
    if (!seed.matches("-?\\d{1,18}")) {
      throw new UserException(
          "The seed '%s' of run '%s' is no whole number; its settings are damaged."
              .formatted(seed, name));
    }
  }

  long seed() {
    return Long.parseLong(setting("seed"));
  }

  /** A setting in words; empty if it has none. */
  String setting(String key) {
    return String.valueOf(summary.settings().getOrDefault(key, ""));
  }

  Map<String, Double> metrics(boolean byTest) {
    return byTest ? summary.test() : summary.validation();
  }
}
