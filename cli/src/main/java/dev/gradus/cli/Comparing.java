package dev.gradus.cli;

import dev.gradus.Rules;
import dev.gradus.cli.RunFile.Entry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Who takes part in a comparison, each with as many learning rates around its usual one. */
final class Comparing {
  private Comparing() {}

  /**
   * The entrants of a sweep.
   *
   * @param file where the sweep will be written down, for messages
   * @param pipelines who is compared
   * @param settings of every run
   * @param rates how many learning rates each tries
   * @param data what settings are about
   */
  static SequencedMap<String, SequencedMap<String, Object>> entrants(
      Path file,
      List<String> pipelines,
      SequencedMap<String, String> settings,
      int rates,
      SweepData data) {
    var entries =
        settings.entrySet().stream()
            .map(setting -> new Entry(setting.getKey(), List.of(setting.getValue()), 1))
            .toList();
    var set = data.of(FilledSettings.of(file, entries));
    var entrants = new LinkedHashMap<String, SequencedMap<String, Object>>();
    for (var pipeline : pipelines) {
      var entrant = new LinkedHashMap<String, Object>();
      entrant.put("optimizer", pipeline);
      entrant.put("lr", rates(Usual.learningRate(Rules.parse(pipeline), set), rates));
      entrants.put(pipeline, entrant);
    }
    return entrants;
  }

  /** So many rates, each about half a decade from the next, with the usual one in their middle. */
  static List<String> rates(double usual, int number) {
    int first = -(number / 2);
    return IntStream.range(first, first + number)
        .mapToObj(half -> times(usual, half))
        .map(rate -> rate.stripTrailingZeros().toPlainString())
        .toList();
  }

  private static BigDecimal times(double usual, int halfDecades) {
    var factor = Math.floorMod(halfDecades, 2) == 0 ? BigDecimal.ONE : BigDecimal.valueOf(3);
    return BigDecimal.valueOf(usual)
        .multiply(factor)
        .scaleByPowerOfTen(Math.floorDiv(halfDecades, 2))
        .round(new MathContext(3));
  }
}
