package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.cli.scaling.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans for several workers, from a rehearsal of a small network. */
class CompressTest {
  @TempDir private Path folder;

  private static Invocation compress(String command, String... further) {
    var usual =
        new String[] {"compress", command, "--model=mlp(width=32)", "--batch=16", "--steps=4"};
    var arguments = new String[usual.length + further.length];
    System.arraycopy(usual, 0, arguments, 0, usual.length);
    System.arraycopy(further, 0, arguments, usual.length, further.length);
    return Invocation.of(arguments);
  }

  @Test
  void aPlanTellsWhatEachCompressorSends() {
    var plan = compress("plan", "--compress=adacomp", "--compress=fp16", "--link=10mbit");
    assertThat(plan.code()).as(plan.err()).isZero();
    var lines = plan.out().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("mlp(width=32) on digits, batch 16 over 2 workers at 10 Mbit/s, latency 0.1 ms");
    assertThat(lines.get(1)).startsWith("8 examples each take ");
    assertThat(lines.subList(3, lines.size()).stream().map(line -> line.split(" ", 2)[0]))
        .containsExactly("compressor", "dense", "adacomp", "fp16");
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void aPlanGoesIntoAFileAndIsHeldAgainstFacts() throws IOException {
    var file = folder.resolve("plan.json");
    var plan =
        compress("plan", "--compress=fp16", "--workers=4", "--spread=0", "--json", "--out=" + file);
    assertThat(plan.code()).as(plan.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(plan.out());
    assertThat(json).isEqualTo(new ObjectMapper().readTree(file.toFile()));
    assertThat(json.get("workers").asInt()).isEqualTo(4);
    var fp16 = json.get("schemes").get(1);
    assertThat(fp16.get("compression").asDouble()).isEqualTo(2);
    var step = fp16.get("step").asDouble();
    assertThat(step).isGreaterThan(json.get("alone").asDouble());
    var forecast = Forecast.read(file);
    double bytes = fp16.get("bytesSent").asDouble() / 2;
    assertThat(forecast.against("fp16", 1.25 * step, 1.5 * step, bytes))
        .contains(" in the median (+25 %) and ", " in the mean (+50 %), ", " in it (-50 %), ");
  }

  @Test
  void layersShowEachTensor() {
    var plan = compress("plan", "--compress=fp16", "--layers");
    assertThat(plan.out().lines())
        .anyMatch(line -> line.matches("hidden1\\.weight +2,048 +2\\.00"))
        .anyMatch(line -> line.matches("[0-9]+ below 1,024 weights +[0-9,]+ +2\\.00"));
  }

  @Test
  void curvesGoToAPageThatNeedsNoOtherFile() throws IOException {
    var page = folder.resolve("scaling.html");
    var scale = compress("scale", "--compress=top-k(0.05)", "--link=1gbit", "--html=" + page);
    assertThat(scale.code()).as(scale.err()).isZero();
    assertThat(scale.out().lines().filter(line -> line.matches(" +[0-9,]+ .*%"))).hasSize(11);
    assertThat(scale.out()).contains("  1,024 ");
    assertThat(Files.readString(page))
        .contains("Scaling of mlp(width=32) on digits", "top-k(0.05)", "1 Gbit/s", "<polyline")
        .contains("with 1,024 workers: dense ")
        .doesNotContain("<script", "src=\"http", "href=\"http");
  }

  @Test
  void workersNeedAnExampleEach() {
    var plan = compress("plan", "--workers=17");
    assertThat(plan.code()).isEqualTo(Gradus.USER_MISTAKE);
    assertThat(plan.err())
        .contains(
            "A batch of 16 examples is too small for 17 workers; give at least one to each by"
                + " --batch.");
  }
}
