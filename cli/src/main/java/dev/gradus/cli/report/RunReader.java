package dev.gradus.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gradus.UserException;
import dev.gradus.cli.run.Divergence;
import dev.gradus.cli.run.Environment;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.sweep.EpochSummary;
import dev.gradus.cli.sweep.Phase;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.djl.telemetry.Metrics;
import dev.gradus.djl.telemetry.RateSpread;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads the folder of a run like the result of a run of a sweep. */
final class RunReader {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> SETTINGS =
      new TypeReference<>() {};

  private RunReader() {}

  /** The run; nothing if it has not come to its end. */
  static Optional<Sample> read(RunFiles files) {
    var divergence = Divergence.read(files);
    if (!files.isFinished() && divergence.isEmpty()) {
      return Optional.empty();
    }
    var result = files.isFinished() ? Result.read(files) : null;
    var reason = result == null ? divergence.map(Divergence::sentence).orElse("") : null;
    return Optional.of(new Sample(files.folder().toString(), summary(files, result, reason)));
  }

  private static RunSummary summary(
      RunFiles files, @Nullable Result result, @Nullable String diverged) {
    var settings = settings(files);
    var data = String.valueOf(settings.getOrDefault("data", ""));
    return new RunSummary(
        RunSummary.FORMAT,
        Phase.FINAL,
        settings,
        new RunSummary.DataSummary(data, 0, 0, 0, ""),
        result == null ? 0 : result.weights(),
        diverged,
        result,
        EpochSummary.of(Metrics.read(files.metrics()), rates(files, settings)),
        Environment.read(files).sessions());
  }

  private static List<RateSpread> rates(RunFiles files, Map<String, Object> settings) {
    return settings.get("epochs") instanceof Integer epochs
        ? RateSpread.read(files.rates(), epochs)
        : List.of();
  }

  private static SequencedMap<String, Object> settings(RunFiles files) {
    var file = files.configuration();
    try {
      var settings = YAML.readValue(Files.readAllBytes(file), SETTINGS);
      RunFiles.requireFormat(file, String.valueOf(settings.getOrDefault("format", "1")));
      return settings;
    } catch (JsonProcessingException damaged) {
      throw new UserException("The file '%s' is damaged.".formatted(file), damaged);
    } catch (IOException failure) {
      throw new UserException("Cannot read '%s'.".formatted(file), failure);
    }
  }
}
