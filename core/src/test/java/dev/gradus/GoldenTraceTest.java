package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradus.trace.Clipped;
import dev.gradus.trace.Replay;
import dev.gradus.trace.ReplayEngine;
import dev.gradus.trace.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the catalogue against the numbers of its authors' code. */
class GoldenTraceTest {
  /** Records a defect that is not copied. */
  private static final String DEFECT = "nadam-torch-1-13";

  /**
   * Methods without a rule: Muon needs a function of a whole matrix, Adan is not in the catalogue;
   * the others are no update rules.
   */
  private static final Set<String> WITHOUT_RULE =
      Set.of("adacomp", "adan", "block-admm", "instance-rate", "muon", "schedule");

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  static List<String> optimizerTraces() throws IOException {
    return traces(
        name -> !name.startsWith("clip-") && !isWithoutRule(name) && !name.equals(DEFECT));
  }

  private static boolean isWithoutRule(String trace) {
    return WITHOUT_RULE.stream().anyMatch(method -> trace.startsWith(method + "-"));
  }

  static List<String> clipTraces() throws IOException {
    return traces(name -> name.startsWith("clip-"));
  }

  private static List<String> traces(Predicate<String> which) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .filter(which)
          .sorted()
          .toList();
    }
  }

  @Test
  void tracesAreThere() throws IOException {
    assertThat(optimizerTraces()).hasSize(183);
    assertThat(clipTraces()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("optimizerTraces")
  void referenceEqualsTheAuthorsCode(String name) throws IOException {
    replay(GoldenTrace.read(name), ReplayEngine.REFERENCE, 1e-9, 1e-8);
  }

  @ParameterizedTest
  @MethodSource("optimizerTraces")
  void nativeEqualsTheAuthorsCodeInSinglePrecision(String name) throws IOException {
    if (!name.endsWith("-scales")) {
      replay(GoldenTrace.read(name), ReplayEngine.NATIVE, 1e-4, Double.POSITIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @MethodSource("clipTraces")
  void clippingEqualsTheTrace(String name) throws IOException {
    clip(GoldenTrace.read(name), ReplayEngine.REFERENCE, 1e-12);
    if (!name.endsWith("-huge")) {
      clip(GoldenTrace.read(name), ReplayEngine.NATIVE, 1e-6);
    }
  }

  private static void replay(
      GoldenTrace trace, ReplayEngine engine, double ofTensor, double ofElement) {
    try (var replay = new Replay(trace.inputs(), Optional.empty(), engine)) {
      for (JsonNode step : trace.json().get("steps")) {
        Snapshot after = replay.next();
        for (var expected : GoldenTrace.arrays(step.path("weights")).entrySet()) {
          requireClose(trace.name(), expected, after.weights(), ofTensor, ofElement);
        }
        for (var expected : GoldenTrace.arrays(step.path("state")).entrySet()) {
          requireClose(trace.name(), expected, after.states(), ofTensor, ofElement);
        }
      }
      assertThat(replay.hasNext()).isFalse();
    }
  }

  private static void requireClose(
      String trace,
      Map.Entry<String, double[]> expected,
      Map<String, double[]> found,
      double ofTensor,
      double ofElement) {
    assertThat(found).containsKey(expected.getKey());
    double[] actual = found.getOrDefault(expected.getKey(), new double[0]);
    assertThat(actual).hasSameSizeAs(expected.getValue());
    double largest = 0;
    for (double e : expected.getValue()) {
      largest = Math.max(largest, Math.abs(e));
    }
    for (int i = 0; i < actual.length; i++) {
      double e = expected.getValue()[i];
      double difference = Math.abs(actual[i] - e);
      assertThat(difference)
          .as("%s %s[%d]: %s instead of %s", trace, expected.getKey(), i, actual[i], e)
          .isLessThanOrEqualTo(ofTensor * largest);
      if (Math.abs(e) > 1e-12 * largest) {
        assertThat(difference / Math.abs(e)).isLessThanOrEqualTo(ofElement);
      }
    }
  }

  private static void clip(GoldenTrace trace, ReplayEngine engine, double tolerance) {
    JsonNode gradients = trace.json().get("gradients");
    var clipped =
        Clipped.of(
            trace.method(),
            trace.options(),
            GoldenTrace.parameters(gradients),
            GoldenTrace.values(gradients),
            Optional.empty(),
            engine);
    if (trace.json().has("totalNorm")) {
      double total = trace.json().get("totalNorm").asDouble();
      assertThat(clipped.totalNorm().orElseThrow()).isCloseTo(total, within(tolerance * total));
    }
    for (var expected : GoldenTrace.arrays(trace.json().get("clipped")).entrySet()) {
      requireClose(
          trace.name(), expected, clipped.gradients(), tolerance, Double.POSITIVE_INFINITY);
    }
  }
}
