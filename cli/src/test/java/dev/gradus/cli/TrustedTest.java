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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trusted examples that come from files of their own. */
class TrustedTest {
  @TempDir Path folder;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void tables() throws IOException {
    var random = new Random(1);
    for (int i = 0; i < 240; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      rows.add("%.4f,%.4f,%s".formatted(a, b, a + b > 0 ? "up" : "down"));
    }
    table("table.csv", rows.subList(0, 200));
    table("trusted.csv", rows.subList(200, 240));
  }

  private void table(String name, List<String> lines) throws IOException {
    Files.write(
        folder.resolve(name), Stream.concat(Stream.of("a,b,kind"), lines.stream()).toList());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Invocation train(String run, String... options) {
    var usual =
        Stream.of(
            "train",
            "--data=csv:" + path("table.csv"),
            "--model=mlp(width=8)",
            "--epochs=2",
            "--out=" + path(run));
    return Invocation.of(Stream.concat(usual, Stream.of(options)).toArray(String[]::new));
  }

  private String rates(String run) {
    var found = Invocation.of("suspects", path(run), "--all");
    assertThat(found.code()).as(found.err()).isZero();
    return found.out();
  }

  @Test
  void theShortFormIsTheLongOne() {
    var trained = train("short", "--instance-rates=meta=" + path("trusted.csv") + ",every=4");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("\n40 trusted examples from " + path("trusted.csv") + "\n");
    assertThat(
            train("long", "--instances=rates(every=4)", "--trusted=csv:" + path("trusted.csv"))
                .code())
        .isZero();
    assertThat(rates("short")).isEqualTo(rates("long")).hasLineCount(145);
    refused(
        Invocation.of("suspects", path("short"), "--all", "--count=3"), "contradict each other");
    refused(Invocation.of("suspects", path("short"), "--all", "--html=x.html"), "leave --html out");
    assertThat(train("part", "--instance-rates=meta=0.1").code()).isZero();
    assertThat(rates("part")).hasLineCount(131);
  }

  @Test
  void trustedExamplesAreLeftOutOfTheOthers() throws IOException {
    table("trusted.csv", rows.subList(0, 60));
    var trained = train("first", "--instance-rates=meta=" + path("trusted.csv"));
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .containsPattern(
            "60 trusted examples from .*trusted.csv; \\d\\d training examples are left out, because"
                + " they are among them: 'line 2' is the first");
    table("trusted.csv", rows);
    refused(
        train("run", "--instance-rates=meta=" + path("trusted.csv")),
        "All training examples are trusted ones of '" + path("trusted.csv") + "'; leave some");
  }

  @Test
  void trustedExamplesAreTrainedOnBesideOthersOfTheSameLines() {
    var trained =
        train("run", "--instance-rates=meta=" + path("trusted.csv"), "--trusted-weight=3");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(rates("run")).contains("trusted line 2,").hasLineCount(185);
  }

  @Test
  void filesThatCannotBeTrustedAreRefused() throws IOException {
    table("trusted.csv", List.of("1,2,up", "3,4,sideways"));
    refused(
        train("run", "--instance-rates=meta=" + path("trusted.csv")),
        "In '" + path("trusted.csv") + "', line 3, the column 'kind' has the label 'sideways'");
    table("trusted.csv", List.of());
    refused(
        train("run", "--instance-rates=meta=" + path("trusted.csv")),
        "need trusted examples, but '" + path("trusted.csv") + "' gives none");
    refused(train("run", "--instance-rates=meta=" + path("none.csv")), "none.csv");
    refused(
        Invocation.of(
            "train", "--instance-rates=meta=" + path("trusted.csv"), "--out=" + path("run")),
        "What '"
            + path("trusted.csv")
            + "' is cannot be told from --data digits; name its kind, one of images: idx: csv:.");
    refused(train("run", "--instances=rates", "--trusted=0.001"), "but '0.001' gives none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--instance-rates=0.05 | takes meta=PART or meta=FOLDER and options of rates",
        "--instance-rates=meta= | takes meta=PART or meta=FOLDER and options of rates",
        "--instance-rates=meta=2 | takes a part from 0 to below 1",
        "--instance-rates=meta=0.1,metaRat=3 | metaRat",
        "--instance-rates=meta=0.1,metaRate=nan | metaRate",
        "--trusted=1.5 | takes a part from 0 to below 1",
        "--instance-rates=meta=0.1 --trusted=0.1 | leave out one or the others.",
        "--corrupt-how=next | is one of uniform, pair-flip, class-dependent"
      })
  void optionsAreRefusedInOneSentence(String options, String sentence) {
    refused(train("run", options.strip().split(" ")), sentence.strip());
  }

  private void refused(Invocation refused, String sentence) {
    assertThat(refused.code()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(sentence).doesNotContain("Exception");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
