package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.sweep.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What all runs of a comparison share, told by options instead of a sweep file. */
final class ComparisonArguments {
  @Option(names = "--data", paramLabel = "DATA", description = "As gradus train takes it.")
  private @Nullable String data;

  @Option(names = "--model", paramLabel = "MODEL", description = "As gradus train takes it.")
  private @Nullable String model;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "The budget of each run. Default: the epochs of gradus train.")
  private @Nullable Integer epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "The budget of each run in steps, as whole epochs.")
  private @Nullable Integer steps;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description =
          "The budget of each run in minutes, as whole epochs, by the speed of each here and now.")
  private @Nullable Double minutes;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another setting of every run, by its name in gradus train; may be repeated.")
  private Map<String, String> others = new LinkedHashMap<>();

  @Option(
      names = "--tuning",
      paramLabel = "SEARCH",
      converter = SearchText.class,
      description = {
        "How candidates are found and one of them chosen: grid, random(20), halving, or random(20)"
            + " | halving; docs/sweep.md tells what they are. Default: ${DEFAULT-VALUE}."
      })
  private String tuning = Search.GRID.toString();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many seeds judge. Default: ${DEFAULT-VALUE}.")
  private int seeds = 3;

  /** A search that exists. */
  static final class SearchText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Search.parse(text).toString();
    }
  }

  /** The settings of every run. */
  SequencedMap<String, String> settings() {
    var settings = new LinkedHashMap<>(others);
    put(settings, "data", data);
    put(settings, "model", model);
    put(settings, "epochs", epochs);
    return settings;
  }

  private static void put(Map<String, String> settings, String key, @Nullable Object value) {
    if (value != null && settings.putIfAbsent(key, value.toString()) != null) {
      throw new UserException("The setting '" + key + "' is given twice; give it once.");
    }
  }

  /**
   * Writes the comparison down for {@code gradus sweep}, or finds it where it was written before.
   *
   * @param file where; its folder is made if it does not exist
   * @param entrants who is compared, the baseline first, with what each varies
   * @throws UserException if the folder holds another comparison
   */
  void write(Path file, SequencedMap<String, SequencedMap<String, Object>> entrants) {
    var text = text(entrants);
    try {
      if (Files.exists(file) && !Files.readString(file).equals(text)) {
        throw new UserException(
            "The folder '%s' holds another comparison; give its command, or another --out."
                .formatted(file.toAbsolutePath().getParent()));
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UserException("Cannot write '" + file + "'.", failure);
    }
  }

  private String text(SequencedMap<String, SequencedMap<String, Object>> entrants) {
    var all = new LinkedHashMap<String, Object>();
    all.put("format", RunFiles.FORMAT);
    all.put("settings", settings());
    budget().ifPresent(budget -> all.put("budget", budget));
    all.put("tuning", tuning);
    all.put("entrants", entrants);
    all.put("baseline", entrants.firstEntry().getKey());
    all.put("tuning-seeds", List.of(0));
    all.put("seeds", LongStream.rangeClosed(1, seeds).boxed().toList());
    return RunFile.print(all);
  }

  private Optional<Map<String, ? extends Number>> budget() {
    if (Stream.<@Nullable Object>of(epochs, steps, minutes).filter(Objects::nonNull).count() > 1) {
      throw new UserException("Give one of --epochs, --steps and --minutes.");
    }
    return steps != null
        ? Optional.of(Map.of("steps", steps))
        : Optional.ofNullable(minutes).map(limit -> Map.of("minutes", limit));
  }
}
