package dev.gradus.cli.report;

import dev.gradus.cli.sweep.RunSummary;
import java.util.Map;

/**
 * A run that has come to an end.
 *
 * @param name what it is called
 * @param summary what came of it
 */
record Sample(String name, RunSummary summary) {
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
