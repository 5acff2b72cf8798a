package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.Sent;
import dev.gradus.cli.scaling.Forecast;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gradus train --workers}. */
class WorkersTest {
  @TempDir Path folder;

  private Result train(String name, String... options) {
    var arguments = new String[options.length + 4];
    System.arraycopy(options, 0, arguments, 4, options.length);
    arguments[0] = "train";
    arguments[1] = "--model=mlp";
    arguments[2] = "--epochs=2";
    arguments[3] = "--out=" + folder.resolve(name);
    var run = Invocation.of(arguments);
    assertThat(run.code()).describedAs(run.err()).isZero();
    return Result.read(new RunFiles(folder.resolve(name)));
  }

  @Test
  void tellsWhatWasSent() {
    var sent = sent(train("several", "--workers=4", "--compress=adacomp(denseBin=100)"));
    assertThat(sent.compression()).isBetween(15.0, 100.0);
    assertThat(sent.tensors().getOrDefault("hidden2.weight", 0.0)).isGreaterThan(30);
    assertThat(sent(train("dense", "--workers=2")).compression()).isBetween(0.99, 1.0);
    assertThat(train("one").sent()).isNull();
  }

  private static Sent sent(Result result) {
    return Objects.requireNonNull(result.sent());
  }

  @Test
  void predictsStepsBeforeTheFirstAndTellsWhatTheyWere() {
    var run =
        Invocation.of(
            "train",
            "--workers=3",
            "--compress=fp16",
            "--epochs=3",
            "--out=" + folder.resolve("run"));
    assertThat(run.err())
        .containsPattern("Predicted: a step takes .*, without compression .*")
        .containsPattern(
            "A step took .* in the median .* in the mean .*, predicted were .*; .* left each worker"
                + " in it");
    var files = new RunFiles(folder.resolve("run"));
    var plan = Forecast.read(files.plan());
    var predicted = plan.schemes().getLast();
    assertThat(plan.workers()).isEqualTo(3);
    assertThat(predicted.compressor()).isEqualTo("fp16");
    assertThat(predicted.step()).isPositive();
    assertThat(sent(Result.read(files)).medianMillis()).isPositive();
    assertThat((double) sent(Result.read(files)).bytesPerStep())
        .isCloseTo(predicted.bytesSent(), Percentage.withPercentage(1));
  }

  @Test
  void aWorkerAloneIsPredictedNothing() {
    train("alone", "--compress=fp16");
    assertThat(new RunFiles(folder.resolve("alone")).plan()).doesNotExist();
  }

  @Test
  void aFinishedRunIsShownAgain() {
    train("run", "--workers=2", "--compress=fp16");
    var again = Invocation.of("train", "--resume=" + folder.resolve("run"));
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("best epoch");
  }

  @Test
  void refusesWhatSeveralWorkersCantDo() {
    assertRefused(
        "small-losses works in one process only", "--workers=2", "--instances=small-losses");
    assertRefused("can't be shared by 9 workers", "--workers=9", "--batch=8");
    assertRefused("65 workers take turns in one process, 64 at most", "--workers=65");
    assertRefused("did you mean 'adacomp'?", "--compress=adacom");
  }

  private void assertRefused(String words, String... options) {
    var arguments = new String[options.length + 2];
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[0] = "train";
    arguments[1] = "--out=" + folder.resolve("refused" + options[0]);
    var run = Invocation.of(arguments);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words);
  }
}
