package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table whose rows are mended after a run, and the rates of the others. */
class RatesFromTest {
  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>(List.of("a,b,kind"));

  @BeforeEach
  void table() throws IOException {
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      lines.add("%.4f,%.4f,%s".formatted(a, b, a + b > 0 ? "up" : "down"));
    }
    write();
  }

  private void write() throws IOException {
    Files.write(folder.resolve("table.csv"), lines);
  }

  private Invocation train(String... options) {
    return Invocation.of(
        Stream.concat(Stream.of("train"), Stream.of(options)).toArray(String[]::new));
  }

  private Invocation first() {
    return train(
        "--data=csv:" + folder.resolve("table.csv"),
        "--instances=rates",
        "--validation=0",
        "--test=0",
        "--epochs=3",
        "--out=" + run("first"));
  }

  private String run(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void theRestKeepsItsRates() throws IOException {
    assertThat(first().code()).isZero();
    lines.remove(3);
    lines.add("0.5,0.7,up");
    write();
    var second =
        train(
            "--config=" + folder.resolve("first/config.yaml"),
            "--rates-from=" + run("first"),
            "--out=" + run("second"));
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.err())
        .containsPattern(
            "Of the training examples 1\\d\\d go on as the earlier run left them; \\d+ are new and"
                + " \\d+ have changed, which begin anew; \\d+ are gone\\.");
  }

  @Test
  void aRunDoesNotGoOnWithOtherRows() throws IOException {
    var died =
        train(
            "--data=csv:" + folder.resolve("table.csv"),
            "--instances=rates",
            "--optimizer=sgd",
            "--lr=1e38",
            "--checkpoint-every=1",
            "--out=" + run("died"));
    assertThat(died.err()).contains("is not finite");
    lines.remove(3);
    write();
    var refused = train("--resume=" + run("died"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "To begin a new run with the rates of the same examples: gradus train --config "
                + folder.resolve("died/config.yaml")
                + " --rates-from "
                + run("died"))
        .containsPattern(
            "of the training examples \\d+ are new, \\d+ gone, \\d+ changed and 1\\d\\d");
  }

  @Test
  void whatCannotGiveRatesIsRefused() {
    assertThat(first().code()).isZero();
    refused(
        "Option --rates-from goes with --instances METHOD; give that too.",
        "--rates-from=" + run("first"));
    refused("does not exist", "--instances=rates", "--rates-from=" + run("nowhere"));
    assertThat(train("--epochs=1", "--model=mlp(width=8)", "--out=" + run("plain")).code())
        .isZero();
    refused(
        "The run " + run("plain") + " has learned no rates of its training examples",
        "--instances=rates",
        "--rates-from=" + run("plain"));
  }

  private void refused(String sentence, String... options) {
    var refused =
        train(
            Stream.concat(Stream.of(options), Stream.of("--epochs=1", "--out=" + run("refused")))
                .toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(sentence).doesNotContain("Exception");
    assertThat(folder.resolve("refused")).doesNotExist();
  }
}
