package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradus.engine.Tensors;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the catalogue against the numbers of its authors' code. */
class GoldenTraceTest {
  /** The first records a defect, the second an action between two steps. */
  private static final Set<String> NOT_A_TARGET = Set.of("nadam-torch-1-13", "arsg-restart");

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  static List<String> optimizerTraces() throws IOException {
    List<String> rules = Rules.CATALOGUE.types().stream().map(type -> type.name()).toList();
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> rules.stream().anyMatch(rule -> name.startsWith(rule + "-")))
          .filter(name -> !name.startsWith("clip-") && !name.startsWith("lookahead-"))
          .filter(name -> !NOT_A_TARGET.contains(name))
          .sorted()
          .toList();
    }
  }

  static List<String> clipTraces() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> name.startsWith("clip-norm"))
          .sorted()
          .toList();
    }
  }

  @Test
  void tracesAreThere() throws IOException {
    assertThat(optimizerTraces()).hasSizeGreaterThanOrEqualTo(120);
    assertThat(clipTraces()).hasSize(7);
  }

  @ParameterizedTest
  @MethodSource("optimizerTraces")
  void referenceEqualsTheAuthorsCode(String name) throws IOException {
    replay(Trace.read(name), false, 1e-9, 1e-8);
  }

  @ParameterizedTest
  @MethodSource("optimizerTraces")
  void nativeEqualsTheAuthorsCodeInSinglePrecision(String name) throws IOException {
    if (!name.endsWith("-scales")) {
      replay(Trace.read(name), true, 1e-4, Double.POSITIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @MethodSource("clipTraces")
  void clippingEqualsTheTrace(String name) throws IOException {
    clip(Trace.read(name), false, 1e-12);
    if (!name.endsWith("-huge")) {
      clip(Trace.read(name), true, 1e-6);
    }
  }

  private static void replay(Trace trace, boolean single, double ofTensor, double ofElement) {
    List<Parameter> parameters = trace.parameters();
    try (var arena = Arena.ofShared()) {
      var memory = new Memory(arena, parameters, single);
      for (int i = 0; i < parameters.size(); i++) {
        memory.weights(i, Trace.doubles(trace.json().get("parameters").get(i).get("values")));
      }
      Optimizer optimizer = optimizer(trace, 0, single);
      for (int t = 0; t < trace.json().get("steps").size(); t++) {
        JsonNode step = trace.json().get("steps").get(t);
        optimizer = step.has("options") ? changed(optimizer, trace, t, single) : optimizer;
        memory.gradients(Trace.arrays(step.get("gradients")));
        optimizer.step(memory);
        for (var weights : Trace.arrays(step.path("weights")).entrySet()) {
          double[] actual = memory.weights(index(parameters, weights.getKey()));
          requireClose(trace.name(), weights, actual, ofTensor, ofElement);
        }
        for (var state : Trace.arrays(step.path("state")).entrySet()) {
          requireClose(trace.name(), state, state(optimizer, state.getKey()), ofTensor, ofElement);
        }
      }
      optimizer.close();
    }
  }

  private static Optimizer optimizer(Trace trace, int step, boolean single) {
    double[] rates = trace.learningRates();
    Group group = Group.all(trace.pipeline(step), 1).withSchedule((t, total) -> rates[(int) t]);
    return builder(trace.parameters(), single).group(group).build();
  }

  /** Goes on with other options and the same states. */
  private static Optimizer changed(Optimizer before, Trace trace, int step, boolean single) {
    Optimizer after = optimizer(trace, step, single);
    var states = new HashMap<String, Tensor>();
    before.state().forEach(state -> states.put(state.name(), state));
    after.restore(before.steps(), states);
    before.close();
    return after;
  }

  private static Optimizer.Builder builder(List<Parameter> parameters, boolean single) {
    return single ? Optimizer.of(parameters) : Optimizer.of(parameters).reference();
  }

  private static int index(List<Parameter> parameters, String name) {
    return parameters.stream().map(Parameter::name).toList().indexOf(name);
  }

  private static double[] state(Optimizer optimizer, String key) {
    Tensor state =
        optimizer.state().stream().filter(s -> s.name().equals(key)).findFirst().orElseThrow();
    return Memory.read(state.data(), state.dtype() == Dtype.F32);
  }

  private static void requireClose(
      String trace,
      Map.Entry<String, double[]> expected,
      double[] actual,
      double ofTensor,
      double ofElement) {
    double largest = 0;
    for (double e : expected.getValue()) {
      largest = Math.max(largest, Math.abs(e));
    }
    assertThat(actual).hasSameSizeAs(expected.getValue());
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

  /** With weights 0 and learning rate 1 the new weight is the clipped gradient, negated. */
  private static void clip(Trace trace, boolean single, double tolerance) {
    List<Parameter> parameters = Trace.parameters(trace.json().get("gradients"));
    try (var arena = Arena.ofConfined();
        var optimizer =
            builder(parameters, single).group(Group.all(trace.pipeline(0), 1)).build()) {
      var memory = new Memory(arena, parameters, single);
      memory.gradients(values(trace.json().get("gradients")));
      optimizer.measureNextStep();
      StepReport report = optimizer.step((Tensors) memory);
      double total = trace.json().get("totalNorm").asDouble();
      assertThat(report.measured().getOrDefault(parameters.getFirst().name(), Map.of()))
          .extractingByKey("clipNorm", org.assertj.core.api.InstanceOfAssertFactories.DOUBLE)
          .isCloseTo(total, org.assertj.core.data.Offset.offset(tolerance * total));
      for (var clipped : values(trace.json().get("clipped")).entrySet()) {
        double[] actual = memory.weights(index(parameters, clipped.getKey()));
        for (int i = 0; i < actual.length; i++) {
          actual[i] = -actual[i];
        }
        requireClose(trace.name(), clipped, actual, tolerance, Double.POSITIVE_INFINITY);
      }
    }
  }

  private static Map<String, double[]> values(JsonNode tensors) {
    if (!tensors.isArray()) {
      return Trace.arrays(tensors);
    }
    var result = new HashMap<String, double[]>();
    tensors.forEach(t -> result.put(t.get("name").asText(), Trace.doubles(t.get("values"))));
    return result;
  }
}
