package dev.gradus.cli;

import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.cli.RunFile.Entry;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The sweep that compares some pipelines, each with as many learning rates around its usual one.
 *
 * @param pipelines who is compared, the baseline first
 * @param settings of every run
 * @param rates how many learning rates each tries
 * @param seeds how many seeds judge
 */
record Comparing(
    List<String> pipelines, SequencedMap<String, String> settings, int rates, int seeds) {
  private static final String FILE = "compare.yaml";

  /**
   * Writes the sweep down, or finds it where it was written before.
   *
   * @param folder where the comparison lies; made if it does not exist
   * @param data what settings are about
   * @return a file for {@code gradus sweep}
   * @throws UserException if the folder holds another comparison
   */
  Path file(Path folder, SweepData data) {
    var file = folder.resolve(FILE);
    var text = text(file, data);
    try {
      if (Files.exists(file) && !Files.readString(file).equals(text)) {
        throw new UserException(
            "The folder '%s' holds another comparison; give its command, or another --out."
                .formatted(folder));
      }
      Files.createDirectories(folder);
      return Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UserException("Cannot write '" + file + "'.", failure);
    }
  }

  private String text(Path file, SweepData data) {
    var entries =
        settings.entrySet().stream()
            .map(setting -> new Entry(setting.getKey(), List.of(setting.getValue()), 1))
            .toList();
    var set = data.of(FilledSettings.of(file, entries));
    var sides = new LinkedHashMap<String, Object>();
    pipelines.forEach(pipeline -> sides.put(pipeline, side(pipeline, set)));
    var all = new LinkedHashMap<String, Object>();
    all.put("format", RunFiles.FORMAT);
    all.put("settings", settings);
    all.put("entrants", sides);
    all.put("baseline", pipelines.getFirst());
    all.put("tuning-seeds", List.of(0));
    all.put("seeds", LongStream.rangeClosed(1, seeds).boxed().toList());
    return RunFile.print(all);
  }

  private Map<String, Object> side(String pipeline, DataSet set) {
    double usual = Usual.learningRate(Rules.parse(pipeline), set);
    var side = new LinkedHashMap<String, Object>();
    side.put("optimizer", pipeline);
    side.put("lr", rates(usual, rates));
    return side;
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
