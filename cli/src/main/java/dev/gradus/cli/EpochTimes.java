package dev.gradus.cli;

import dev.gradus.cli.run.Json;
import dev.gradus.djl.data.DataSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long epochs take, by settings. Each is measured once and kept in the sweep's folder, so that
 * a sweep whose budget is time has the same runs whenever it goes on.
 */
final class EpochTimes {
  /** Settings that change no time. */
  private static final Set<String> BESIDE = Set.of("lr", "seed", "epochs", "schedule");

  private final Path file;
  private final Map<String, Double> seconds;

  /** The content of the file. */
  private record Kept(Map<String, Double> secondsPerEpoch) {}

  /**
   * Those that a folder has.
   *
   * @param folder the sweep's folder, which need not exist
   */
  EpochTimes(Path folder) {
    file = folder.resolve("epoch-times.json");
    seconds =
        Files.exists(file)
            ? new TreeMap<>(Json.read(file, Kept.class).secondsPerEpoch())
            : new TreeMap<>();
  }

  /** The seconds of an epoch of a run, measured unless they are known. */
  double of(FilledSettings settings, DataSet set) {
    var setting = settings.all().changed();
    setting.keySet().removeAll(BESIDE);
    return seconds.computeIfAbsent(
        setting.toString(), _ -> SpeedProbe.secondsPerEpoch(settings, set.withoutTest()));
  }

  /** Writes down what is known, if anything is. */
  void keep() {
    if (!seconds.isEmpty()) {
      Json.write(file, new Kept(seconds));
    }
  }
}
