package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gradus replay} on traces that the authors' code has left. */
class ReplayTest {
  private static final Path GOLDEN = Path.of("../core/src/test/resources/golden");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> REFUSED =
      Set.of("adacomp", "adan", "block-admm", "muon", "nadam-torch-1-13");

  private static final String SMALL =
      """
      {"case":"small","method":"sgd","source":"by hand","options":{"learningRate":0.5},
       "parameters":[{"name":"w","shape":[2],"values":[1,2]}],
       "steps":[{"gradients":{"w":[2,4]}},{"gradients":{}},{"gradients":{"w":[0,-2]}}]}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"reference, 1e-9", "native, 1e-4", "ndarray, 1e-4"})
  void everyTraceOfTheAuthorsIsAnsweredInItsOwnShape(String engine, double tolerance)
      throws IOException {
    List<Path> files = traces();
    var arguments = new ArrayList<>(List.of("replay", "--engine", engine));
    files.forEach(file -> arguments.add(file.toString()));
    var answers = Invocation.of(arguments.toArray(String[]::new)).out().lines().toList();
    assertThat(answers).hasSameSizeAs(files).hasSizeGreaterThan(200);
    int compared = 0;
    for (int i = 0; i < files.size(); i++) {
      JsonNode recorded = JSON.readTree(files.get(i).toFile());
      JsonNode answer = JSON.readTree(answers.get(i));
      String name = recorded.get("case").asText();
      if (isRefused(name, engine)) {
        assertThat(answer.get("error").asText()).startsWith(files.get(i) + ": ");
      } else if (isComparable(name, engine)) {
        requireClose(name, recorded, answer, tolerance);
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(184);
  }

  /** Learned rates are replayed in double precision only. */
  private static boolean isRefused(String name, String engine) {
    return REFUSED.stream().anyMatch(name::startsWith)
        || (name.startsWith("instance-rate") && !engine.equals("reference"));
  }

  private static boolean isComparable(String name, String engine) {
    return engine.equals("reference") || !(name.endsWith("-scales") || name.endsWith("-huge"));
  }

  private static List<Path> traces() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Every recorded member must be answered, arrays of numbers as a whole. */
  private static void requireClose(
      String place, JsonNode recorded, JsonNode answer, double tolerance) {
    assertThat(answer).as(place).isNotNull();
    if (recorded.isArray() && recorded.path(0).isNumber()) {
      requireCloseNumbers(place, recorded, answer, tolerance);
    } else if (recorded.isNumber()) {
      assertThat(Math.abs(answer.asDouble() - recorded.asDouble()))
          .as(place)
          .isLessThanOrEqualTo(tolerance * Math.abs(recorded.asDouble()));
    } else if (recorded.isContainerNode()) {
      recorded
          .properties()
          .forEach(
              member -> {
                if (!Set.of("source", "notes").contains(member.getKey())) {
                  String inside = place + "." + member.getKey();
                  requireClose(inside, member.getValue(), answer.get(member.getKey()), tolerance);
                }
              });
      for (int i = 0; i < recorded.size() && recorded.isArray(); i++) {
        requireClose(place + "[" + i + "]", recorded.get(i), answer.get(i), tolerance);
      }
    } else {
      assertThat(answer).as(place).isEqualTo(recorded);
    }
  }

  private static void requireCloseNumbers(
      String place, JsonNode recorded, JsonNode answer, double tolerance) {
    double largest = 0;
    for (JsonNode number : recorded) {
      largest = Math.max(largest, Math.abs(number.asDouble()));
    }
    assertThat(answer.size()).as(place).isEqualTo(recorded.size());
    for (int i = 0; i < recorded.size(); i++) {
      assertThat(Math.abs(answer.get(i).asDouble() - recorded.get(i).asDouble()))
          .as(place + "[" + i + "]")
          .isLessThanOrEqualTo(tolerance * largest);
    }
  }

  @Test
  void weightsAndStatesFollowEveryStep() throws IOException {
    var answer =
        replayed(SMALL.replace("\"learningRate\":0.5", "\"learningRate\":0.5,\"momentum\":0.5"));
    assertThat(answer.get("case").asText()).isEqualTo("small");
    assertThat(answer.get("source").asText()).contains("gradus", "sgd(momentum=0.5)");
    JsonNode steps = answer.get("steps");
    assertThat(steps.get(0).toString())
        .isEqualTo(
            "{\"gradients\":{\"w\":[2,4]},\"weights\":{\"w\":[0.0,0.0]},\"state\":{\"w/buffer\":[2.0,4.0]}}");
    assertThat(steps.get(1).get("weights")).isEqualTo(steps.get(0).get("weights"));
    assertThat(steps.get(2).get("weights").toString()).isEqualTo("{\"w\":[-0.5,0.0]}");
  }

  @Test
  void aStateThatDoesNotExistYetIsLeftOut() throws IOException {
    var answer = replayed(SMALL.replace("sgd", "adam").replaceFirst("\"w\":\\[2,4]", ""));
    assertThat(answer.get("steps").get(0).get("state")).isEmpty();
    assertThat(answer.get("steps").get(2).get("state")).hasSize(2);
  }

  @Test
  void anAnswerIsATraceThatIsAnsweredAlike() throws IOException {
    var first = replayed(Files.readString(GOLDEN.resolve("adamp-schedule.json")));
    assertThat(replayed(first.toString())).isEqualTo(first);
  }

  @Test
  void anotherOptimizerTakesTheLearningRateAlone() throws IOException {
    Path file = write(SMALL.replace("\"learningRate\":0.5", "\"learningRate\":0.5,\"whatever\":1"));
    var answer = Invocation.of("replay", file.toString(), "--optimizer", "clip-value(1)");
    JsonNode steps = JSON.readTree(answer.out()).get("steps");
    assertThat(steps.get(0).get("weights").toString()).isEqualTo("{\"w\":[0.5,1.5]}");
  }

  @Test
  void anyOptionMayChangeBeforeAStep() throws IOException {
    var answer =
        replayed(
            SMALL
                .replace("\"learningRate\":0.5", "\"learningRate\":0.5,\"momentum\":0.5")
                .replace(
                    "{\"gradients\":{\"w\":[0,-2]}}",
                    "{\"options\":{\"momentum\":0.25},\"gradients\":{\"w\":[0,-2]}}"));
    assertThat(answer.get("steps").get(2).get("state").toString())
        .isEqualTo("{\"w/buffer\":[0.5,-1.0]}");
  }

  @Test
  void ofSeveralTracesTheOthersAreStillAnswered() throws IOException {
    Path good = write(SMALL);
    Path missing = folder.resolve("missing.json");
    var answer = Invocation.of("replay", missing.toString(), good.toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).isEqualTo("gradus: " + missing + ": The file does not exist.\n");
    var lines = answer.out().lines().toList();
    assertThat(JSON.readTree(lines.get(0)).get("error").asText()).contains("does not exist");
    assertThat(JSON.readTree(lines.get(1)).get("case").asText()).isEqualTo("small");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[2,4]; [2,4; The file is not JSON at line 3, column 33: Unexpected close marker '}':"
            + " expected ']'.",
        "[2,4]; [2,NaN]; steps[0].gradients.w[1] is NaN, but must be a finite number.",
        "[2,4]; [2,1e999]; steps[0].gradients.w[1] is Infinity, but must be a finite number.",
        "[2,4]; [2]; In step 1 the gradient of 'w' has 1 numbers, but its shape has 2.",
        "\"w\":[2,4]; \"v\":[2,4]; In step 1 the gradient of 'v' belongs to no parameter; known are"
            + " w.",
        "[1,2]; [1,\"2\"]; parameters[0].values[1] is \"2\", but must be a finite number.",
        "[1,2]; [1,2,3]; The weight of 'w' has 3 numbers, but its shape has 2.",
        "\"shape\":[2]; \"shape\":[0]; parameters[0].shape[0] is 0, but must be at least 1.",
        "\"learningRate\"; \"momentum\"; The options of the trace hold no learningRate; add it.",
        "0.5; 0.5,\"momentun\":1; Method 'sgd' has no option 'momentun'; did you mean 'momentum'?",
        "0.5; 0.5,\"momentum\":1; Option momentum of 'sgd' is 1, but must lie in [0, 1).",
        "sgd; sgdd; Unknown method 'sgdd'; did you mean 'sgd'?",
        "sgd; muon; Method 'muon' is not implemented;",
        "{\"gradients\":{}}; {\"gradients\":{},\"before\":\"x\"}; In step 2: No rule of the"
            + " optimizer has an action 'x'",
        "\"gradients\":{}; \"options\":{}; steps[1] has no member 'gradients'.",
        "\"method\":\"sgd\",; ; The trace has no member 'method'.",
        "0.5; 0.5},\"options\":{}; The file is not JSON at line 1"
      })
  void mistakesAreNamedWithTheirPlace(String text, String wrong, String sentence)
      throws IOException {
    Path file = write(SMALL.replace(text, wrong == null ? "" : wrong));
    var answer = Invocation.of("replay", file.toString());
    assertThat(answer.err()).startsWith("gradus: " + file + ": " + sentence);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void numbersBeyondSinglePrecisionAreRefusedByTheNativeEngine() throws IOException {
    Path file = write(SMALL.replace("[2,4]", "[2,4e40]"));
    var answer = Invocation.of("replay", "--engine=native", file.toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .contains("In step 1: The gradient of 'w' is 4.0E40 at index 1, which is beyond single");
    assertThat(Invocation.of("replay", file.toString()).code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"metaRate\"; \"metarate\"; Method 'instance-rate' has no option 'metarate'; did you mean"
            + " 'metaRate'?",
        "\"tanh\"; \"sine\"; options.activation is \"sine\", but must be one of tanh, relu.",
        "\"lookahead\":true; \"lookahead\":1; options.lookahead is 1, but must be true or false.",
        "\"hidden\":7; \"hidden\":8; The parameters have [35, 7, 21, 3] numbers, but a network of"
            + " the trace's sizes has [40, 8, 24, 3].",
        "\"metaLabels\":[2; \"metaLabels\":[3; metaLabels[0] is 3, but must be at least 0 and below"
            + " 3.",
        "\"metaLabels\":[2,; \"metaLabels\":[; metaX has 20 numbers, but 3 examples of 5 inputs"
            + " need 15.",
        "\"batch\":[2; \"batch\":[12; steps[0].batch[0] is 12, but must be at least 0 and below"
            + " 12.",
        "\"learningRate\":0.1; \"learningRate\":1e308; A weight becomes infinite"
      })
  void mistakesInLearnedRatesAreNamed(String text, String wrong, String sentence)
      throws IOException {
    String trace = Files.readString(GOLDEN.resolve("instance-rate-tanh.json"));
    assertThat(trace).contains(text);
    Path file = write(trace.replace(text, wrong));
    var answer = Invocation.of("replay", file.toString());
    assertThat(answer.err()).startsWith("gradus: " + file + ": " + sentence);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.code()).isEqualTo(2);
  }

  @Test
  void learnedRatesAreReplayedInDoublePrecisionOnly() {
    String file = GOLDEN.resolve("instance-rate-tanh.json").toString();
    for (String option : List.of("--engine=native", "--optimizer=adam")) {
      var answer = Invocation.of("replay", file, option);
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err())
          .contains(
              "Method 'instance-rate' is replayed in double precision with its own steps only");
    }
  }

  private JsonNode replayed(String trace) throws IOException {
    var answer = Invocation.of("replay", write(trace).toString());
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    return parsed(answer.out());
  }

  private static JsonNode parsed(String json) throws JsonProcessingException {
    return JSON.readTree(json);
  }

  private Path write(String trace) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "trace", ".json"), trace);
  }
}
