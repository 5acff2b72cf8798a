package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.Json;
import dev.gradus.cli.sweep.Phase;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.SweepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small sweep from beginning to end, and what can be done with it afterwards. */
class SweepTest {
  private static final String SWEEP =
      """
      settings: {model: mlp(width=8), epochs: 2, batch: 256, measure-every: 4}
      search: {lr: [0.01, 0.1]}
      entrants:
        adam: {optimizer: adam}
        wild: {optimizer: sgd, lr: [0.5, 1e38]}
        lost: {optimizer: sgd, lr: [1e37, 1e38]}
      seeds: [1, 2, 3]
      """;

  @TempDir static Path temporary;
  private static Invocation finished;

  @BeforeAll
  static void sweep() throws IOException {
    finished = Invocation.of("sweep", write("first.yaml", SWEEP));
  }

  private static String write(String name, String text) throws IOException {
    return Files.writeString(temporary.resolve(name), text).toString();
  }

  private static List<RunSummary> results(String sweep) throws IOException {
    try (var files = Files.list(temporary.resolve(sweep).resolve("results"))) {
      return files.sorted().map(file -> Json.read(file, RunSummary.class)).toList();
    }
  }

  @Test
  void printsATableThatFitsASmallTerminal() {
    assertThat(finished.code()).describedAs(finished.err()).isZero();
    assertThat(finished.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(finished.out())
        .contains("test accuracy; difference to adam, seed by seed")
        .containsPattern("adam +lr=0.1 +3 +\\d+\\.\\d\\d % +\\d+\\.\\d\\d %\n")
        .containsPattern(
            "wild +lr=0.5 +3 .* [-+]\\d+\\.\\d\\d % +[-+]\\d+\\.\\d\\d to [-+]\\d+\\.\\d\\d\n")
        .containsPattern("lost +none +0\n")
        .contains("adam: the best lr, 0.1, is the largest tried");
  }

  @Test
  void judgesByEveryMetricNamed() throws IOException {
    copyResults("first", "metrics");
    var both =
        Invocation.of(
            "sweep", write("metrics.yaml", SWEEP + "metric: [accuracy, last accuracy, loss]\n"));
    assertThat(both.out())
        .as(both.err())
        .contains("test accuracy; difference to adam, seed by seed")
        .contains("test accuracy after the last epoch; difference to adam, seed by seed")
        .contains("test loss; difference to adam, seed by seed");
    var wrong = Invocation.of("sweep", write("wrong.yaml", SWEEP + "metric: last acuracy\n"));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("Unknown validation metric 'acuracy'");
  }

  @Test
  void tellsWhatEachRunCameTo() {
    assertThat(finished.err())
        .contains("[1/15] adam-lr-0.01-seed-0: loss ", " left\n", "diverged")
        .doesNotContain("ai.djl");
  }

  @Test
  void keepsAResultForEachRunAndNoRunFolders() throws IOException {
    // The candidate that two entrants share is run once.
    assertThat(results("first")).hasSize(11);
    assertThat(temporary.resolve("first/runs")).doesNotExist();
    assertThat(temporary.resolve("first")).isDirectoryContaining("glob:**/table.{md,csv}");
  }

  @Test
  void tuningReadsNoTestExample() throws IOException {
    for (var result : results("first")) {
      assertThat(result.test().isEmpty())
          .isEqualTo(result.phase() == Phase.TUNING || !result.isFinite());
      assertThat(result.data().test()).isEqualTo(359);
    }
  }

  @Test
  void aResultHoldsSettingsCurvesAndSurroundings() throws IOException {
    var result =
        results("first").stream().filter(r -> r.phase() == Phase.FINAL).findFirst().orElseThrow();
    assertThat(result.settings())
        .containsEntry("optimizer", "adam")
        .containsEntry("lr", 0.1)
        .containsEntry("schedule", "cosine");
    assertThat(result.weights()).isGreaterThan(64 * 8 + 8 * 10);
    assertThat(result.epochs()).hasSize(2);
    var last = result.epochs().getLast();
    assertThat(last.step()).isEqualTo(12);
    assertThat(last.validation()).containsKeys("loss", "accuracy");
    assertThat(last.learningRate()).isBetween(1e-9, 0.02);
    assertThat(last.measured().get("hidden1.weight")).containsKeys("weightNorm", "updateNorm");
    assertThat(result.sessions()).hasSize(1);
  }

  @Test
  void aRunThatDivergedIsKeptWithItsReason() throws IOException {
    var diverged = results("first").stream().filter(r -> !r.isFinite()).toList();
    assertThat(diverged).hasSize(2);
    assertThat(diverged.getFirst().diverged()).matches("the .* in step \\d+");
  }

  @Test
  void theOutcomeNamesWhatStandsBehindIt() {
    var outcome = Json.read(temporary.resolve("first/sweep.json"), SweepOutcome.class);
    var adam = outcome.problems().getFirst().entrants().getFirst();
    assertThat(adam.chosen()).containsEntry("lr", "0.1");
    assertThat(adam.results()).hasSize(3).allMatch(name -> name.startsWith("adam-lr-0.1-seed-"));
    assertThat(adam.candidates()).hasSize(2);
  }

  @Test
  void startedAgainItMakesNoRunTwice() {
    var again = Invocation.of("sweep", temporary.resolve("first.yaml").toString());
    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo(finished.out());
    assertThat(again.err()).contains("12 runs, 12 finished; about 0:00").doesNotContain("[");
  }

  @Test
  void aNewEntrantNeedsItsOwnRunsOnly() throws IOException {
    copyResults("first", "more");
    var more = SWEEP.replace("  lost", "  new: {optimizer: lion}\n  lost");
    var extended = Invocation.of("sweep", write("more.yaml", more));
    assertThat(extended.err())
        .contains("17 runs, 12 finished")
        .contains("lion-lr-")
        .doesNotContain("] adam");
  }

  @Test
  void aResultOfAnotherValueIsRefused() throws IOException {
    copyResults("first", "stale");
    try (var files = Files.list(temporary.resolve("stale/results"))) {
      var file = files.sorted().findFirst().orElseThrow();
      Files.writeString(file, Files.readString(file).replace("\"cosine\"", "\"constant\""));
    }
    var refused = Invocation.of("sweep", write("stale.yaml", SWEEP));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("was made with schedule constant, which is another value now");
  }

  @Test
  void aResultOfANewerFormatIsRefused() throws IOException {
    copyResults("first", "newer");
    try (var files = Files.list(temporary.resolve("newer/results"))) {
      var file = files.sorted().findFirst().orElseThrow();
      Files.writeString(
          file, Files.readString(file).replaceFirst("\"format\" : 1", "\"format\" : 2"));
    }
    var refused = Invocation.of("sweep", write("newer.yaml", SWEEP));
    assertThat(refused.err())
        .contains("has format 2, but this Gradus reads format 1; use a newer one.");
  }

  private static void copyResults(String from, String to) throws IOException {
    var target = Files.createDirectories(temporary.resolve(to).resolve("results"));
    try (var files = Files.list(temporary.resolve(from).resolve("results"))) {
      for (var file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void tuningAloneReadsNoTestAndSaysSo() throws IOException {
    var tuned = Invocation.of("sweep", write("tuning.yaml", SWEEP.replace("seeds: [1, 2, 3]", "")));
    assertThat(tuned.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(tuned.out()).contains("validation loss; ", "no test example was read");
    assertThat(results("tuning")).hasSize(5).allMatch(result -> result.test().isEmpty());
  }
}
