package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.Json;
import dev.gradus.cli.sweep.EpochSummary;
import dev.gradus.cli.sweep.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps that are killed, interrupted or shared by several processes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no command kill")
class SweepProcessTest {
  private static final int RUNS = 8;
  private static final String SWEEP =
      """
      settings: {model: "mlp(width=16, dropout=0.1)", epochs: 8, checkpoint-every: 20}
      search: {lr: [0.003, 0.01]}
      entrants: {adam: {optimizer: adam}, lion: {optimizer: lion}}
      seeds: [1, 2]
      """;

  private static final int KILLS = 4;

  @TempDir static Path temporary;

  @BeforeAll
  static void undisturbed() throws Exception {
    finish("undisturbed");
    assertThat(read("undisturbed")).hasSize(RUNS);
  }

  private static GradusProcess start(String name, String... options) throws IOException {
    var file = Files.writeString(temporary.resolve(name + ".yaml"), SWEEP);
    var command = new ArrayList<>(List.of("sweep", file.toString()));
    command.addAll(List.of(options));
    return GradusProcess.start(temporary.resolve(name + ".txt"), command);
  }

  private static void finish(String name, String... options) throws Exception {
    try (var process = start(name, options)) {
      assertThat(process.exitCode()).describedAs(process.output()).isZero();
    }
  }

  private static Path results(String name) {
    return temporary.resolve(name).resolve("results");
  }

  private static int finished(String name) {
    var files = results(name).toFile().list((_, file) -> file.endsWith(".json"));
    return files == null ? 0 : files.length;
  }

  private static Map<String, RunSummary> read(String name) throws IOException {
    var summaries = new TreeMap<String, RunSummary>();
    try (var files = Files.list(results(name))) {
      files.forEach(f -> summaries.put(f.getFileName().toString(), Json.read(f, RunSummary.class)));
    }
    return summaries;
  }

  /** Everything that is measured, without what the clock says. */
  private static Map<String, List<Object>> figures(String name) throws IOException {
    var figures = new TreeMap<String, List<Object>>();
    read(name).forEach((file, summary) -> figures.put(file, figures(summary)));
    return figures;
  }

  private static List<Object> figures(RunSummary summary) {
    return List.of(
        summary.test(),
        summary.validation(),
        summary.epochs().stream().map(e -> figures(e)).toList());
  }

  private static List<Object> figures(EpochSummary epoch) {
    return List.of(epoch.epoch(), epoch.trainLoss(), epoch.validation(), epoch.measured());
  }

  @Test
  void killedInterruptedAndSharedSweepsComeToTheSameResults() throws Exception {
    killAfter("killed", 2);
    var before = read("killed");
    interruptAfter("killed", before.size() + 1);
    finish("killed", "--jobs=2");
    requireUndisturbed("killed");
    assertThat(read("killed")).containsAllEntriesOf(before);
  }

  private static void requireUndisturbed(String name) throws IOException {
    assertThat(figures(name)).isEqualTo(figures("undisturbed"));
    assertThat(temporary.resolve(name).resolve("runs")).doesNotExist();
    for (var table : List.of("table.md", "table.csv", "sweep.json")) {
      assertThat(temporary.resolve(name).resolve(table))
          .hasSameTextualContentAs(temporary.resolve("undisturbed").resolve(table));
    }
  }

  @Test
  void killedAtRandomMomentsItLosesNoFinishedRun() throws Exception {
    var random = new Random(8);
    Map<String, RunSummary> before = Map.of();
    for (int kill = 0; kill < KILLS; kill++) {
      var moment = Instant.now().plusMillis(random.nextInt(1_000, 5_000));
      try (var process = start("often")) {
        process.await(() -> Instant.now().isAfter(moment));
      }
      var after = finished("often") == 0 ? Map.<String, RunSummary>of() : read("often");
      assertThat(after).containsAllEntriesOf(before);
      before = after;
    }
    finish("often");
    assertThat(read("often")).containsAllEntriesOf(before);
    requireUndisturbed("often");
  }

  private void killAfter(String name, int runs) throws Exception {
    try (var process = start(name)) {
      process.await(() -> finished(name) >= runs);
    }
  }

  private void interruptAfter(String name, int runs) throws Exception {
    try (var process = start(name, "--jobs=2")) {
      process.await(() -> finished(name) >= runs);
      process.interrupt();
      assertThat(process.exitCode()).describedAs(process.output()).isEqualTo(130);
      assertThat(process.output())
          .containsPattern(
              "Ended with \\d of 8 runs finished; the same command goes on from there.")
          .doesNotContain("\tat ");
    }
  }
}
