package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.Environment;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run from beginning to end, and what can be done with it afterwards. */
class TrainTest {
  private static final List<String> SMALL =
      List.of(
          "train",
          "--model=mlp(width=16, dropout=0.1)",
          "--lr=0.001",
          "--batch=64",
          "--augment=crop",
          "--epochs=2");

  private static final List<String> WILD =
      List.of("train", "--model=mlp", "--optimizer=sgd", "--lr=1e38", "--epochs=2");

  @TempDir static Path temporary;
  private static Invocation finished;

  private static RunFiles files() {
    return new RunFiles(temporary.resolve("first"));
  }

  private static Invocation train(List<String> arguments, String... more) {
    return Invocation.of(Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
  }

  @BeforeAll
  static void train() {
    finished = train(SMALL, "--out", files().folder().toString());
  }

  @Test
  void endsWithATableAndSaysWhereTheRunIs() {
    assertThat(finished.code()).isZero();
    assertThat(finished.out())
        .contains("loss", "accuracy", "train", "validation", "test")
        .contains("best epoch ", " of 2, ", files().folder().toString());
  }

  @Test
  void speaksOfItsProgressToStandardError() {
    assertThat(finished.err())
        .contains("test = the last 20 % of each class")
        .contains("mlp(width=16, dropout=0.1) with adamp at 0.001 (cosine) in the folder ")
        .contains("epoch 1/2  train loss ", "epoch 2/2  train loss ")
        .doesNotContain("ai.djl", "CUDA", "[main]");
  }

  @Test
  void leavesTheWholeFolder() throws IOException {
    assertThat(files().isFinished()).isTrue();
    assertThat(Files.readString(files().configuration()))
        .startsWith("format: 1\ndata: digits\n")
        .contains("\nmodel: \"mlp(width=16, dropout=0.1)\"\n", "\nlr: 0.001\n", "\nseed: 0\n");
    assertThat(Files.readString(files().log()))
        .contains("Epoch 2 after step 42", "Ended after step 42");
    assertThat(files().checkpoints()).isDirectoryContaining("glob:**/step-000000042.safetensors");
    var session = Environment.read(files()).sessions().getFirst();
    assertThat(session.libraries()).containsKeys("djl", "pytorch");
    assertThat(session.threads()).containsEntry("network", 1).containsEntry("optimizer", 1);
  }

  @Test
  void measuresEveryStepAndEpoch() {
    var metrics = Metrics.read(files().metrics());
    assertThat(metrics.stream().filter(Measurement.Step.class::isInstance).map(Measurement::step))
        .hasSize(42)
        .isSorted()
        .startsWith(1L)
        .endsWith(42L);
    assertThat(metrics.stream().filter(Measurement.Epoch.class::isInstance).map(Measurement::step))
        .containsExactly(21L, 42L);
    assertThat(((Measurement.Step) metrics.getFirst()).measured())
        .containsKeys("hidden1.weight", "output.bias");
    assertThat(Result.read(files()).test()).containsKeys("loss", "accuracy", "auc", "f1");
    assertThat(Result.read(files()).weights()).isGreaterThan(64 * 16 + 16 * 10);
  }

  @Test
  void itsConfigurationGivesTheSameRunAgain() throws IOException {
    var second = new RunFiles(temporary.resolve("second"));
    var again =
        Invocation.of(
            "train",
            "--config",
            files().configuration().toString(),
            "--out",
            second.folder().toString());
    assertThat(again.code()).isZero();
    assertThat(second.configuration()).hasSameTextualContentAs(files().configuration());
    assertThat(weights(second)).hasSameBinaryContentAs(weights(files()));
  }

  private static Path weights(RunFiles files) {
    return files.checkpoints().resolve("step-000000042.safetensors");
  }

  @Test
  void resumingAFinishedRunSaysSo() {
    var resumed = Invocation.of("train", "--resume", files().folder().toString());
    assertThat(resumed.code()).isZero();
    assertThat(resumed.err()).contains("The run " + files().folder() + " is finished.");
    assertThat(resumed.out()).isEqualTo(finished.out());
  }

  @Test
  void resumingWithOtherSettingsNamesThem() {
    var resumed =
        Invocation.of(
            "train",
            "--resume",
            files().folder().toString(),
            "--lr=0.5",
            "--model=lenet-bn",
            "--threads=2",
            "--batch=64");
    assertThat(resumed.code()).isEqualTo(2);
    assertThat(resumed.err())
        .contains(
            "gradus: The run "
                + files().folder()
                + " was started with --model mlp(width=16, dropout=0.1) --lr 0.001;"
                + " go on without changing that, or start a new run.");
  }

  @Test
  void resumingTakesNoOtherFolderOrFile() {
    var resumed = Invocation.of("train", "--resume", files().folder().toString(), "--out", "x");
    assertThat(resumed.code()).isEqualTo(2);
    assertThat(resumed.err()).contains("leave out --config and --out");
  }

  @Test
  void aFolderThatIsTakenIsRefused() {
    var refused = train(SMALL, "--out", files().folder().toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("holds a run already; go on with it by --resume " + files().folder());
  }

  @Test
  void aRunThatWasNotFinishedIsFinished() throws IOException {
    var copy = new RunFiles(temporary.resolve("copy"));
    copy(files().folder(), copy.folder());
    Files.delete(copy.result());
    var resumed = Invocation.of("train", "--resume", copy.folder().toString());
    assertThat(resumed.code()).isZero();
    assertThat(Result.read(copy).test()).isEqualTo(Result.read(files()).test());
    assertThat(Metrics.read(copy.metrics())).isEqualTo(Metrics.read(files().metrics()));
    assertThat(Environment.read(copy).sessions()).hasSize(2);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void aPartOfTheTrainingExamplesCanBeUsed() {
    var part =
        Invocation.of(
            "train",
            "--model=mlp(width=8)",
            "--epochs=1",
            "--train-part=0.25",
            "--out=" + temporary.resolve("part"));
    assertThat(part.code()).as(part.err()).isZero();
    assertThat(part.err()).contains("323 of 1293 training examples are used, drawn with seed 0");
    var wrong = Invocation.of("train", "--train-part=0");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("Option --train-part takes a part above 0 up to 1, such as 0.1, not '0'");
  }

  @Test
  void aRunThatDoesNotImproveEndsEarly() {
    var early = new RunFiles(temporary.resolve("early"));
    var ended =
        Invocation.of(
            "train",
            "--model=mlp(width=8)",
            "--epochs=9",
            "--patience=1",
            "--min-improvement=9",
            "--out=" + early.folder());
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    assertThat(ended.out()).contains("best epoch 2 of 2, stopped early, ");
    assertThat(Result.read(early).stoppedEarly()).isTrue();
    assertThat(Result.read(early).test()).isNotEmpty();
    assertThat(Result.read(files()).stoppedEarly()).isFalse();
  }

  @Test
  void aLossThatIsNotFiniteStopsTheRunAndTellsHowToGoOn() {
    var folder = temporary.resolve("diverged").toString();
    var diverged = train(WILD, "--out", folder);
    assertThat(diverged.code()).isEqualTo(2);
    assertThat(Path.of(folder, "diverged.json")).content().contains("\"notFinite\"");
    assertThat(diverged.err())
        .contains("is not finite; the weights were not touched")
        .contains("gradus train --resume " + folder + " --skip-nonfinite");
  }
}
