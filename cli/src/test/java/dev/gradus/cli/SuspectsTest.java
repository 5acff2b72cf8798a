package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels that are made wrong, trained on by rates, and found. */
class SuspectsTest {
  private static final Pattern JUDGED =
      Pattern.compile("ROC curve of the rates (\\S+), precision of the first \\d+ (\\S+)");

  private static final Pattern TEST_LOSS = Pattern.compile("test +(\\d\\.\\d+)");

  @TempDir Path folder;

  private Invocation train(String name, String... options) {
    var usual =
        Stream.of(
            "train",
            "--data=digits",
            "--model=mlp(width=64)",
            "--epochs=12",
            "--out=" + folder.resolve(name));
    return Invocation.of(Stream.concat(usual, Stream.of(options)).toArray(String[]::new));
  }

  @Test
  void wrongLabelsAreFound() throws IOException {
    var trained = train("rates", "--instances=rates", "--trusted=0.1", "--corrupt-labels=0.4");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains(
            "130 training examples are set aside as trusted; of the labels for training and"
                + " validation that are not trusted about 40.00 % are wrong");
    assertThat(trained.err()).doesNotContain("Rates tell hardly any examples apart");
    String run = folder.resolve("rates").toString();
    var found = Invocation.of("suspects", run, "--count=3");
    assertThat(found.code()).as(found.err()).isZero();
    List<String> lines = found.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).isEqualTo("example,rate,label,answer,probability of the label");
    assertThat(lines.get(1)).matches("line \\d+,0\\.\\d+,\\d,\\d,\\S+");
    var judged = JUDGED.matcher(found.err());
    assertThat(judged.find()).as(found.err()).isTrue();
    assertThat(Double.parseDouble(judged.group(1))).isGreaterThan(0.75);
    assertThat(Double.parseDouble(judged.group(2))).isGreaterThan(0.8);
    requirePage(run);
    requireRefusedPages(run);
  }

  private void requirePage(String run) throws IOException {
    Path page = folder.resolve("suspects.html");
    var shown = Invocation.of("suspects", run, "--checkpoint=newest", "--html=" + page);
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err()).contains("100 of 1163 examples are on the page " + page);
    String html = Files.readString(page);
    assertThat(html)
        .contains(
            "weights and rates after epoch 12 of 12 (newest)",
            "<dt>ROC area</dt>",
            "<dt>Precision at 100</dt>",
            ">wrong: is ");
    assertThat(html.split("data:image/png;base64,iVBOR", -1)).hasSize(101);
    assertThat(html.split("<polyline points=\"4,", -1)).hasSize(101);
    assertThat(Files.size(page)).isLessThan(300_000);
  }

  private void requireRefusedPages(String run) {
    requireMistake(
        Invocation.of("suspects", run, "--html=" + folder.resolve("a.html"), "--count=1001"),
        "A page shows at most 1000 examples; ask for no more by --count, or leave --html out.");
    requireMistake(
        Invocation.of("suspects", run, "--html=" + folder.resolve("suspects.pdf")),
        "cannot be the name of a page; give one that ends in .html.");
  }

  @Test
  void rowsOfATableAreShownByTheirColumns() throws IOException {
    Path table = folder.resolve("flowers.csv");
    Files.writeString(table, table());
    var trained =
        Invocation.of(
            "train",
            "--data=csv:" + table,
            "--instances=rates",
            "--trusted=0.2",
            "--epochs=2",
            "--out=" + folder.resolve("flowers"));
    assertThat(trained.code()).as(trained.err()).isZero();
    Path page = folder.resolve("flowers.html");
    var shown = Invocation.of("suspects", folder.resolve("flowers").toString(), "--html=" + page);
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(Files.readString(page))
        .contains("<dt>pet&amp;al</dt><dd>1234", "<dt>sepal</dt><dd>-0.5</dd>", "a&lt;b")
        .doesNotContain("<img", "label wrong", "Precision");
  }

  private static String table() {
    var text = new StringBuilder("pet&al,sepal,kind\n");
    for (int row = 0; row < 60; row++) {
      text.append("%d,%s,%s\n".formatted(1234 + row % 2, "-0.5", row % 2 == 0 ? "a<b" : "c"));
    }
    return text.toString();
  }

  @Test
  void trustedExamplesCanBeTrainedOnAndChooseTheEpoch() {
    String[] wrong = {"--trusted=0.1", "--corrupt-labels=0.4"};
    var chosen = train("chosen", concat(wrong, "--choose-by-trusted"));
    assertThat(chosen.out() + chosen.err()).containsPattern("validation .* [789]\\d\\.\\d+ %");
    var trainedOn = train("trained-on", concat(wrong, "--trusted-weight=5"));
    assertThat(trainedOn.out() + trainedOn.err()).containsPattern("validation .* [56]\\d\\.\\d+ %");
    assertThat(testLoss(trainedOn)).isLessThan(testLoss(train("plain", wrong)) - 0.1);
    requireMistake(
        train("none", "--trusted-weight=5", "--choose-by-trusted"),
        "Trusted examples that are trained on cannot choose the epoch");
  }

  private static String[] concat(String[] some, String one) {
    return Stream.concat(Stream.of(some), Stream.of(one)).toArray(String[]::new);
  }

  private static double testLoss(Invocation trained) {
    var loss = TEST_LOSS.matcher(trained.out());
    assertThat(loss.find()).as(trained.out() + trained.err()).isTrue();
    return Double.parseDouble(loss.group(1));
  }

  @Test
  void whatRatesNoticeIsToldWhileTraining() {
    var trained = train("still", "--instances=rates(metaRate=1e-6)", "--corrupt-labels=0.4");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .containsOnlyOnce("Rates hardly move: over epochs 4 and 5 their standard deviation is ");
  }

  @Test
  void aRunWithoutRatesHasNoSuspects() {
    assertThat(train("plain", "--instances=small-losses(0.8)").code()).isZero();
    var refused = Invocation.of("suspects", folder.resolve("plain").toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("The run keeps no rates of its training examples; train with --instances rates.");
  }

  @Test
  void methodsAreRefusedInOneSentence() throws Exception {
    requireMistake(
        train("none", "--instances=rates", "--trusted=0"),
        "need trusted examples, but '0.0' gives none; give --trusted a larger part");
    requireMistake(train("unknown", "--instances=rate"), "rates");
    requireMistake(train("wild", "--instances=rates(metaRate=-1)"), "metaRate");
    Path table = folder.resolve("numbers.csv");
    Files.writeString(table, "a,y\n1,1.5\n2,2.5\n3,3.5\n4,4.5\n5,5.5\n6,6.5\n7,7.5\n8,8.5\n");
    requireMistake(
        Invocation.of(
            "train",
            "--data=csv:" + table,
            "--task=regression",
            "--corrupt-labels=0.2",
            "--out=" + folder.resolve("numbers")),
        "is for data with classes, not for");
  }

  private void requireMistake(Invocation refused, String sentence) {
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(sentence).doesNotContain("Exception");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
