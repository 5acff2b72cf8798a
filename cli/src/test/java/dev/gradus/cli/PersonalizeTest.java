package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A general model of digits, and one that is to be good at some of them. */
class PersonalizeTest {
  @TempDir Path folder;

  private Invocation run(String command, String name, String... options) {
    var usual = Stream.of(command, "--out=" + folder.resolve(name));
    return Invocation.of(Stream.concat(usual, Stream.of(options)).toArray(String[]::new));
  }

  private Path general() {
    var trained =
        run("train", "general", "--model=mlp(width=32)", "--target=classes:3,5,8", "--epochs=4");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains("examples of the target 3, 5, 8 are set aside to tell what others are worth");
    return folder.resolve("general");
  }

  private JsonNode comparison(String name) throws IOException {
    return new JsonMapper()
        .readTree(Files.readString(folder.resolve(name).resolve("personalization.json")));
  }

  @Test
  void targetAndGeneralAccuracyStandSideBySide() throws IOException {
    Path general = general();
    var made = run("personalize", "personal", "--from=" + general, "--epochs=3");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out().lines())
        .anyMatch(line -> line.matches("test +target +general"))
        .anyMatch(line -> line.matches("before( +\\S+ %  +\\S+){2}"))
        .anyMatch(line -> line.matches("fine-tuned( +\\S+ %  +\\S+){2}"))
        .anyMatch(line -> line.matches("personalized( +\\S+ %  +\\S+){2}"))
        .anyMatch(line -> line.matches("beside fine-tuning \\S+ points on the target, .*"));
    var models = comparison("personal").get("models");
    assertThat(models).hasSize(3);
    for (var model : models) {
      requireTargetIsAPartOfTheWhole(model.get("test"));
    }
    var result = Files.readString(folder.resolve("personal/result.json"));
    assertThat(models.get(2).get("test").get("target").get("accuracy").asDouble())
        .as("the run's own test is that of the target")
        .isEqualTo(new JsonMapper().readTree(result).get("test").get("accuracy").asDouble());
    assertThat(Files.readString(folder.resolve("personal/config.yaml")))
        .contains("target: \"classes:3,5,8\"", "model: mlp(width=32)", "instances: ");
    requireItGoesOn();
  }

  /** Three of ten classes can't be wrong more often than all together. */
  private static void requireTargetIsAPartOfTheWhole(JsonNode part) {
    double target = 108 * (1 - part.get("target").get("accuracy").asDouble());
    double general = 359 * (1 - part.get("general").get("accuracy").asDouble());
    assertThat(target).isCloseTo(Math.rint(target), within(1e-6));
    assertThat(general).isGreaterThanOrEqualTo(target - 1e-6);
  }

  private void requireItGoesOn() {
    var again = Invocation.of("personalize", "--resume=" + folder.resolve("personal"));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).contains("is finished.");
    assertThat(again.out()).contains("beside fine-tuning ");
    var evaluated = Invocation.of("evaluate", folder.resolve("personal").toString(), "--json");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
  }

  @Test
  void fromScratchItStandsBesideAGeneralModel() throws IOException {
    Path general = general();
    var made = run("personalize", "fresh", "--beside=" + general, "--epochs=1");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(comparison("fresh").get("models")).hasSize(3);
    assertThat(Files.readString(folder.resolve("fresh/config.yaml"))).doesNotContain("from: ");
  }

  @Test
  void aloneThereIsNothingToCompareWith() throws IOException {
    var made =
        run(
            "personalize",
            "alone",
            "--target=classes:1,7",
            "--model=mlp(width=8)",
            "--epochs=1",
            "--instances=reweight");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(comparison("alone").get("models")).hasSize(1);
    assertThat(made.out()).doesNotContain("fine-tun");
  }

  @Test
  void theTargetsSampleIsTrainedOnWhereItHasAWeight() throws IOException {
    var target = "--target=classes:3,5,8";
    var model = "--model=mlp(width=8)";
    assertThat(run("train", "apart", target, model, "--epochs=1").code()).isZero();
    var made = run("personalize", "too", target, model, "--epochs=1", "--trusted-weight=3");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(steps("too")).isGreaterThan(steps("apart"));
  }

  private int steps(String name) throws IOException {
    var result = folder.resolve(name).resolve("result.json");
    return new JsonMapper().readTree(Files.readString(result)).get("steps").asInt();
  }

  @Test
  void aTargetFromAFileIsSplitAndKeptApart() throws IOException {
    Path data = folder.resolve("shops.csv");
    Path customer = folder.resolve("customer.csv");
    Files.writeString(data, table(0, 200));
    Files.writeString(customer, table(1000, 40));
    var made =
        run(
            "personalize",
            "customer",
            "--data=csv:" + data,
            "--target=csv:" + customer,
            "--epochs=1");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.err()).contains("20 examples of the target csv:" + customer);
    requireMistake(
        run("personalize", "same", "--data=csv:" + data, "--target=csv:" + data),
        "144 examples of the target 'csv:" + data + "' are training examples as well");
    Files.writeString(customer, table(1000, 40).replace("high", "giant"));
    requireMistake(
        run("personalize", "labels", "--data=csv:" + data, "--target=csv:" + customer),
        "has the label 'giant', which the");
    Files.writeString(customer, "a,b,kind\n");
    requireMistake(
        run("personalize", "empty", "--data=csv:" + data, "--target=csv:" + customer),
        "has 0 examples, too few to learn from some and measure others; give more.");
  }

  private static String table(int first, int rows) {
    var text = new StringBuilder("a,b,kind\n");
    for (int row = first; row < first + rows; row++) {
      text.append("%d,%d,%s\n".formatted(row, row % 7, row % 2 == 0 ? "high" : "low"));
    }
    return text.toString();
  }

  @Test
  void mistakesAreToldInOneSentence() {
    requireMistake(
        run("personalize", "none"),
        "What shall the network be good at? Give --target, such as classes:NAME,NAME.");
    requireMistake(
        run("personalize", "none", "--target=classes:cat"),
        "The data set digits has no class 'cat'");
    requireMistake(
        run("personalize", "none", "--target=classes:,"),
        "The target 'classes:,' names no class; write classes:NAME,NAME.");
    requireMistake(
        run("personalize", "none", "--target=classes:0,1,2,3,4,5,6,7,8,9"),
        "A target of all classes is the data set itself; name some of its classes only.");
    requireMistake(
        run("personalize", "none", "--target=classes:3", "--target-size=100000"),
        "examples, so --target-size is below that, not 100,000.");
    requireMistake(
        run("personalize", "none", "--target=classes:3", "--validation=0"),
        "No examples of the target are left to choose the best epoch by");
    requireMistake(
        run("personalize", "none", "--target=classes:3", "--corrupt-labels=0.2"),
        "The target's own examples are trusted; beside --target leave out --trusted");
    requireMistake(
        run("personalize", "none", "--from=" + folder.resolve("nowhere"), "--target=classes:3"),
        "does not exist.");
  }

  @Test
  void aRunOfOtherClassesIsNoBeginning() {
    Path general = general();
    requireMistake(
        run("train", "other", "--from=" + general, "--data=csv:" + folder.resolve("x.csv")),
        "x.csv");
    requireMistake(
        run("train", "both", "--from=" + general, "--weights=w.safetensors"),
        "Options --from and --weights both say what to begin with; leave out one of them.");
    assertThat(
            run("train", "further", "--from=" + general, "--model=mlp(width=32)", "--epochs=1")
                .code())
        .isZero();
  }

  private void requireMistake(Invocation refused, String sentence) {
    assertThat(refused.code()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(sentence).doesNotContain("Exception", "\tat ");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
