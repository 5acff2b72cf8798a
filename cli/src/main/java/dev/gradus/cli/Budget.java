package dev.gradus.cli;

import dev.gradus.djl.data.DataSet;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How long each run of a sweep trains, told as whole epochs: as many as fit, and at least one. */
sealed interface Budget {
  /** As many epochs as the settings say. */
  record OfSettings() implements Budget {}

  /** As many steps. */
  record Steps(long steps) implements Budget {}

  /** As much time, measured when the sweep began. */
  record Minutes(double minutes) implements Budget {}

  double SECONDS = 60;

  /**
   * The epochs of a run.
   *
   * @param settings those of the run, complete
   * @param times how long epochs take
   */
  default int epochs(FilledSettings settings, DataSet set, EpochTimes times) {
    return switch (this) {
      case OfSettings _ -> settings.train().loop.epochs();
      case Steps(var steps) -> whole((double) steps / settings.train().step.stepsPerEpoch(set));
      case Minutes(var minutes) -> whole(SECONDS * minutes / times.of(settings, set));
    };
  }

  private static int whole(double epochs) {
    return Math.max(1, (int) epochs);
  }

  /** The budget that a file names below a key. */
  static Budget read(Path path, YamlFile.@Nullable Entry entry) {
    if (entry == null) {
      return new OfSettings();
    }
    if (entry.entries().size() == 1) {
      var unit = entry.entries().getFirst();
      var amount = amount(unit);
      if (unit.key().equals("steps") && amount >= 1 && amount == Math.rint(amount)) {
        return new Steps((long) amount);
      }
      if (unit.key().equals("minutes") && amount > 0) {
        return new Minutes(amount);
      }
    }
    throw YamlFile.mistake(
        path,
        entry.line(),
        "The key 'budget' takes a number of steps or of minutes, such as {steps: 2000}.");
  }

  private static double amount(YamlFile.Entry unit) {
    try {
      return Double.parseDouble(String.join("", unit.values()));
    } catch (NumberFormatException mistyped) {
      return Double.NaN;
    }
  }
}
