package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
  void wrongLabelsAreFound() {
    var trained = train("rates", "--instances=rates", "--trusted=0.1", "--corrupt-labels=0.4");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains(
            "130 training examples are set aside as trusted; of the other labels for training and"
                + " validation about 40.00 % are wrong");
    String run = folder.resolve("rates").toString();
    var found = Invocation.of("suspects", run, "--count=3", "--checkpoint=newest");
    assertThat(found.code()).as(found.err()).isZero();
    List<String> lines = found.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).isEqualTo("example,rate,label,answer,probability of the label");
    assertThat(lines.get(1)).matches("line \\d+,0\\.\\d+,\\d,\\d,\\S+");
    var judged = JUDGED.matcher(found.err());
    assertThat(judged.find()).as(found.err()).isTrue();
    assertThat(Double.parseDouble(judged.group(1))).isGreaterThan(0.75);
    assertThat(Double.parseDouble(judged.group(2))).isGreaterThan(0.8);
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
        "need trusted examples; give --trusted a part above 0.");
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
        "are for data with classes, not for");
  }

  private void requireMistake(Invocation refused, String sentence) {
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(sentence).doesNotContain("Exception");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
