package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gradus.cli.run.Environment;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that releases have made, with the answers they gave: every later version gives the same, and
 * can go on with them. {@code docs/releasing.md} tells how a release adds its own.
 */
class ReleasedRunsTest {
  private static final Path RELEASES = Path.of("src/test/resources/releases");

  /** Processors add in different orders. */
  private static final double CLOSE = 1e-3;

  @TempDir Path temporary;

  static List<Path> releases() throws IOException {
    try (var folders = Files.list(RELEASES)) {
      return folders.sorted().toList();
    }
  }

  @Test
  void theFirstIsThere() throws IOException {
    assertThat(releases()).contains(RELEASES.resolve("0.1.0"));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void filesAreRead(Path release) {
    var files = RunFiles.existing(release.resolve("run"));
    assertThat(Environment.read(files).sessions()).isNotEmpty();
    assertThat(Metrics.read(files.metrics())).anyMatch(Measurement.Epoch.class::isInstance);
    assertThat(Result.read(files).steps()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void networksMeasureTheSame(Path release) throws IOException {
    requireClose(
        metrics(run("evaluate", copy(release).toString(), "--json")),
        metrics(Files.readString(release.resolve("evaluate.json"))));
  }

  private static Map<String, Double> metrics(String json) throws IOException {
    var metrics = new TreeMap<String, Double>();
    new JsonMapper()
        .readTree(json)
        .properties()
        .forEach(e -> metrics.put(e.getKey(), e.getValue().doubleValue()));
    return metrics;
  }

  private static void requireClose(Map<String, Double> found, Map<String, Double> expected) {
    assertThat(found).isNotEmpty().containsOnlyKeys(expected.keySet());
    expected.forEach(
        (metric, value) ->
            assertThat(found.get(metric)).as(metric).isCloseTo(value, within(CLOSE)));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void networksAnswerTheSame(Path release) throws IOException {
    var found = run("predict", copy(release).toString()).lines().toList();
    var expected = Files.readAllLines(release.resolve("predict.csv"));
    assertThat(found.getFirst()).isEqualTo(expected.getFirst());
    for (int i = 1; i < expected.size(); i++) {
      requireAnswer(found.get(i).split(",", -1), expected.get(i).split(",", -1));
    }
  }

  private static void requireAnswer(String[] found, String[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    assertThat(List.of(found).subList(0, 2)).isEqualTo(List.of(expected).subList(0, 2));
    for (int i = 2; i < expected.length; i++) {
      assertThat(Double.parseDouble(found[i]))
          .isCloseTo(Double.parseDouble(expected[i]), within(CLOSE));
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void trainingGoesOnFromAnOlderCheckpoint(Path release) throws IOException {
    var files = new RunFiles(copy(release));
    var expected = Result.read(files);
    Files.delete(files.result());
    Files.delete(newest(files.checkpoints()));
    run("train", "--resume", files.folder().toString());
    var found = Result.read(files);
    assertThat(found.steps()).isEqualTo(expected.steps());
    requireClose(found.test(), expected.test());
    requireClose(found.validation(), expected.validation());
    assertThat(Environment.read(files).sessions().getLast().fromStep()).isPositive();
  }

  private static Path newest(Path checkpoints) throws IOException {
    try (var files = Files.list(checkpoints)) {
      return files.max(Path::compareTo).orElseThrow();
    }
  }

  private Path copy(Path release) throws IOException {
    var files = new ArrayList<Path>();
    try (var found = Files.walk(release.resolve("run"))) {
      found.forEach(files::add);
    }
    for (Path file : files) {
      Files.copy(file, temporary.resolve(release.relativize(file).toString()));
    }
    return temporary.resolve("run");
  }

  private static String run(String... arguments) {
    var invocation = Invocation.of(arguments);
    assertThat(invocation.code()).describedAs(invocation.err()).isZero();
    return invocation.out();
  }
}
