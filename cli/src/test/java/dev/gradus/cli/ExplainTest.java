package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gradus explain}. */
class ExplainTest {
  private static JsonNode explained(String pipeline, String... more) throws IOException {
    var arguments = new String[more.length + 4];
    arguments[0] = "explain";
    arguments[1] = pipeline;
    arguments[2] = "--json";
    arguments[3] = "--no-measure";
    System.arraycopy(more, 0, arguments, 4, more.length);
    var answer = Invocation.of(arguments);
    assertThat(answer.err()).isEmpty();
    return new ObjectMapper().readTree(answer.out());
  }

  /** What a step costs by hand: slots read and written in every pass. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sgd; 1; 3; 0",
        "sgd(momentum=0.9); 1; 5; 4",
        "adam; 1; 7; 8",
        "adamw; 1; 7; 8",
        "adam(amsgrad=true); 1; 9; 12",
        "nadam; 1; 7; 8",
        "radam; 1; 7; 8",
        "rmsprop; 1; 5; 4",
        "rmsprop(centered=true, momentum=0.9); 1; 9; 12",
        "adagrad; 1; 5; 4",
        "adadelta; 1; 7; 8",
        "adabelief; 1; 7; 8",
        "lion; 1; 5; 4",
        "rsg; 1; 5; 4",
        "arsg; 1; 9; 12",
        "novograd; 2; 6; 4",
        "novograd(luc=true); 3; 8; 4",
        "lars; 2; 7; 4",
        "lamb; 3; 12; 8",
        "lamb(maxGradNorm=∞); 2; 10; 8",
        "lambc; 2; 10; 8",
        "adamp; 2; 10; 8",
        "adamp(cautious=true); 4; 19; 8",
        "sgdp(nesterov=false); 2; 8; 4",
        "adam | hybrid; 1; 7; 8",
        "adam | unit-rows; 2; 9; 8",
        "clip-norm(1) | adamp | unit-rows; 4; 14; 8"
      })
  void passesAndBytesAreThoseOfThePlan(String pipeline, int passes, int floats, int remembered)
      throws IOException {
    JsonNode explanation = explained(pipeline);
    assertThat(explanation.get("costs")).hasSize(1);
    JsonNode cost = explanation.get("costs").get(0);
    assertThat(cost.get("passes").asInt()).isEqualTo(passes);
    assertThat(cost.get("floatsMoved").asInt()).isEqualTo(floats);
    assertThat(cost.get("bytesMoved").asInt()).isEqualTo(4 * floats);
    assertThat((int) explanation.get("bytesRemembered").asDouble()).isEqualTo(remembered);
  }

  @Test
  void whatActsEveryFewStepsHasACostForEach() throws IOException {
    JsonNode costs = explained("adam | unit-rows(every=10)").get("costs");
    assertThat(costs.get(0).toString())
        .isEqualTo("{\"passes\":1,\"floatsMoved\":7,\"share\":0.9,\"bytesMoved\":28}");
    assertThat(costs.get(1).toString())
        .isEqualTo("{\"passes\":2,\"floatsMoved\":9,\"share\":0.1,\"bytesMoved\":36}");
  }

  @Test
  void theShapeDecides() throws IOException {
    JsonNode vector = explained("adamp", "--shape", "300");
    assertThat(vector.get("shape").toString()).isEqualTo("[300]");
    assertThat(vector.get("costs").get(0).get("floatsMoved").asInt()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adam | rmsprop as second; 'adam' and 'rmsprop' both divide",
        "decay(0.1) | adam | decay(0.1); 'decay' and 'decay' both decay",
        "adam | decay | project; 'decay' decays the weights before 'project'"
      })
  void doubtfulPipelinesAreNamed(String pipeline, String doubt) {
    var page = Invocation.of("explain", pipeline, "--no-measure");
    assertThat(page.out()).contains("Doubtful").contains(doubt);
    assertThat(Invocation.of("explain", "clip-norm | adamp", "--no-measure").out())
        .doesNotContain("Doubtful");
  }

  @Test
  void thePageFitsIntoASmallTerminal() {
    var page = Invocation.of("explain", "clip-norm(1) | lamb | unit-rows", "--no-measure");
    assertThat(page.code()).isZero();
    assertThat(page.out())
        .contains("lamb = clip-norm(maxGradNorm, epsilon=0) | moments |", "w′ = ", "passes");
    assertThat(page.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void latexIsOneBlockThatCanBePasted() {
    var page = Invocation.of("explain", "sgd", "--latex");
    assertThat(page.out()).isEqualTo("\\begin{aligned}\nw' &= w - \\eta \\, g\n\\end{aligned}\n");
  }

  @Test
  void theTimeIsMeasuredWithTheSizeWanted() throws IOException {
    var answer =
        Invocation.of("explain", "lion", "--json", "--size", "64k", "--shape", "32x1x10x10");
    JsonNode speed = new ObjectMapper().readTree(answer.out()).get("speed");
    assertThat(speed.get("weights").asInt()).isEqualTo(64_000);
    assertThat(speed.get("milliseconds").asDouble()).isPositive();
    assertThat(speed.get("bandwidthMilliseconds").asDouble()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--shape=3x0; Option --shape takes sizes such as 512x512 or 64x3x3x3, not '3x0'.",
        "--shape=999999999x999999999x999999999; Option --shape takes sizes with a product below",
        "--size=1G; Option --size takes a number from 1 to 100M, such as 250k or 4M, not '1G'.",
        "--size=101M; Option --size takes a number from 1 to 100M"
      })
  void mistakesAreNamed(String option, String sentence) {
    var answer = Invocation.of("explain", "adam", option);
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).startsWith("gradus: " + sentence);
  }
}
