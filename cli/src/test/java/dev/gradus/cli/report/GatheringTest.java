package dev.gradus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.cli.page.PageFile;
import dev.gradus.cli.page.ReportPage;
import dev.gradus.cli.run.Divergence;
import dev.gradus.cli.run.Json;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.sweep.EntrantOutcome;
import dev.gradus.cli.sweep.ProblemOutcome;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.Spread;
import dev.gradus.cli.sweep.SweepOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatheringTest {
  private static final String EVIL = "</title><script>alert(1)</script>\"'&";

  @TempDir private Path folder;

  private static Report report(Path... folders) {
    var gathering = Gathering.of(List.of(folders), Set.of("data", "epochs"));
    return Report.of(gathering, new Wishes(null, null, null));
  }

  private Path run(String name, String optimizer, int epochs, double test) throws IOException {
    var summary = Made.run(optimizer, name.hashCode(), test, 0.5, test);
    var files = new RunFiles(Files.createDirectories(folder.resolve("runs").resolve(name)));
    Files.writeString(
        files.configuration(),
        "format: 1\ndata: digits\noptimizer: \"%s\"\nepochs: %d\nseed: %d\n"
            .formatted(optimizer, epochs, test > 0 ? (long) (1000 * test) % 10 : 0));
    if (test > 0) {
      Objects.requireNonNull(summary.result()).write(files);
    }
    return files.folder();
  }

  private Path sweep(String entrant) {
    var sweep = folder.resolve("sweep");
    write(sweep, "a0", Made.run("adam", 0, 0.9, 0.5, 0.9));
    write(sweep, "a1", Made.run("adam", 1, 0.8, 0.5, 0.8));
    write(sweep, "b0", Made.run(entrant, 0, 0.95, 0.5, 0.9));
    write(sweep, "b1", Made.diverged(entrant, 1));
    new SweepOutcome(
            1,
            "adam",
            List.of(
                new ProblemOutcome(
                    "",
                    "test",
                    "accuracy",
                    "loss",
                    List.of(outcome("adam", "a0", "a1"), outcome(entrant, "b0", "b1")))))
        .write(sweep);
    return sweep;
  }

  private static void write(Path sweep, String name, RunSummary summary) {
    Json.write(sweep.resolve("results").resolve(name + ".json"), summary);
  }

  private static EntrantOutcome outcome(String name, String... results) {
    return new EntrantOutcome(
        name, List.of(), null, Spread.of(), 0, null, List.of(results), List.of());
  }

  @Test
  void runsWithAnotherBudgetStandApart() throws IOException {
    run("one", "adam", 3, 0.901);
    run("two", "adamp", 3, 0.951);
    run("long", "adam", 9, 0.991);
    var report = report(folder.resolve("runs"));
    assertThat(report.studies()).hasSize(2);
    assertThat(report.notes()).last().asString().contains("compared in 2 groups");
    assertThat(report.studies())
        .extracting(Study::title)
        .containsExactlyInAnyOrder("digits, epochs=3", "digits, epochs=9");
  }

  @Test
  void aDivergedRunIsCountedAndAnUnfinishedOneNamed() throws IOException {
    run("one", "adam", 3, 0.901);
    new Divergence(1, 7, "the loss").write(new RunFiles(run("two", "adam", 3, 0)));
    var open = run("three", "adam", 3, 0);
    var report = report(folder.resolve("runs"));
    var adam = report.studies().getFirst().contenders().getFirst();
    assertThat(adam.diverged()).isEqualTo(1);
    assertThat(adam.runs()).extracting(Contender.RunLine::diverged).contains("the loss in step 7");
    assertThat(report.notes())
        .contains("Left out: the run %s has not come to its end.".formatted(open));
  }

  @Test
  void aRunWithoutMetricsHasResultsButNoCurve() throws IOException {
    var run = run("one", "adam", 3, 0.901);
    var report = report(run);
    var adam = report.studies().getFirst().contenders().getFirst();
    assertThat(adam.scores().getFirst().mean()).isEqualTo(0.901);
    assertThat(adam.curves()).isEmpty();
    assertThat(adam.expense().weights()).isEqualTo(1000);
    assertThat(report.notes())
        .containsExactly(
            "The run %s is drawn up to epoch 0 of 2: the rest of its metrics is missing or damaged."
                .formatted(run));
  }

  @Test
  void aDamagedResultIsLeftOutWithANote() throws IOException {
    var sweep = sweep("sgd");
    Files.writeString(sweep.resolve("results/a1.json"), "{\"format\": 1, \"phase\": ");
    var report = report(sweep);
    assertThat(report.studies().getFirst().contenders().getFirst().runs()).hasSize(1);
    assertThat(report.notes()).singleElement().asString().contains("a1.json' is damaged");
  }

  @Test
  void aRunWithoutASeedIsLeftOutWithANote() throws IOException {
    var kept = run("one", "adam", 2, 0.9);
    var damaged = run("two", "sgd", 2, 0.8);
    Files.writeString(
        damaged.resolve("config.yaml"), "format: 1\ndata: digits\noptimizer: sgd\nepochs: 2\n");
    var report = report(kept, damaged);
    assertThat(report.notes())
        .contains(
            "Left out: The seed '' of run '%s' is no whole number; its settings are damaged."
                .formatted(damaged));
    assertThat(report.studies())
        .singleElement()
        .satisfies(study -> assertThat(study.contenders()).hasSize(1));
  }

  @Test
  void aResultOfANewerFormatIsLeftOutWithANote() throws IOException {
    var sweep = sweep("sgd");
    var file = sweep.resolve("results/a1.json");
    Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));
    var report = report(sweep);
    assertThat(report.studies().getFirst().contenders().getFirst().runs()).hasSize(1);
    assertThat(report.notes()).singleElement().asString().contains("a1.json has format 2");
  }

  @Test
  void aFolderOfSomethingElseIsRefused() {
    assertThatThrownBy(() -> report(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is neither that of a run nor that of a sweep");
  }

  @Test
  void textsCannotInjectMarkup() throws IOException {
    var page = folder.resolve("page.html");
    PageFile.at(page).write(ReportPage.of(report(sweep(EVIL))));
    assertThat(Files.readString(page))
        .containsOnlyOnce("<script>")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("script-src &#39;sha256-")
        .doesNotContain("http://www.w3.org/1999", "https://", "<link", "alert(1)</script>");
  }

  @Test
  void aPageHasWhatItPromises() throws IOException {
    var page = folder.resolve("page.html");
    PageFile.at(page).write(ReportPage.of(report(sweep("sgd"))));
    assertThat(Files.readString(page))
        .contains("One seed cannot tell sgd from adam. 1 of 2 runs of sgd diverged.")
        .contains("diverged: the loss in step 3")
        .contains(
            "aria-label=\"validation accuracy over steps; at the end: adam 85.00 %, sgd 90.00 %\"")
        .contains("Update to weight ratio", "Effective step", "state, bytes per weight")
        .contains("Primal residual", "The JSON and CSV files have 1 more.")
        .doesNotContain("have 2 more")
        .containsOnlyOnce("the whole network</figcaption>");
  }

  @Test
  void everyNumberIsInTheTableAndTheJson() {
    var report = report(sweep("sgd"));
    assertThat(new String(ReportCsv.bytes(report), StandardCharsets.UTF_8))
        .startsWith("study,side,quantity,at,value")
        .contains("sweep,adam,test accuracy,seed 0,0.9", "sweep,sgd,diverged,,1.0")
        .containsSubsequence(
            "sweep,adam,validation accuracy seconds,step 20,2.0",
            "sweep,adam,validation accuracy mean,step 20,0.85",
            "sweep,adam,validation accuracy low,step 20,0.8",
            "sweep,adam,validation accuracy high,step 20,0.9");
    assertThat(new String(report.json(), StandardCharsets.UTF_8))
        .contains("\"verdict\" : \"One seed cannot tell sgd from adam.");
  }
}
