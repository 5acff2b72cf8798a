package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gradus train --method deepfacto} and {@code gradus factors}. */
class FactorsTest {
  @TempDir Path folder;

  private Invocation train(String name, String... options) {
    var arguments = new ArrayList<>(List.of("train", "--epochs=6"));
    arguments.add("--out=" + folder.resolve(name));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private String trained(String name, String... options) {
    var run = train(name, options);
    assertThat(run.code()).as(run.err()).isZero();
    return folder.resolve(name).toString();
  }

  private static Invocation factors(String run, String... options) {
    var arguments = new ArrayList<>(List.of("factors", run));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  @Test
  void factorsOfARunAreShown() throws IOException {
    var run =
        trained("parts", "--model=mlp(width=64)", "--method=deepfacto", "--rank=12", "--lr=0.01");
    var result = Result.read(new RunFiles(Path.of(run)));
    assertThat(result.test())
        .hasEntrySatisfying("accuracy", it -> assertThat(it).isGreaterThan(0.8));
    requireCsv(run);
    requirePage(run);
    requireAnswers(run);
    requireMistakes(run);
    var again = Invocation.of("train", "--resume=" + run);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Invocation.of("train", "--resume=" + run, "--rank=8").err()).contains("--rank 12");
  }

  private static void requireCsv(String run) {
    var shown = factors(run, "--attribute=round=0,6,8,9");
    assertThat(shown.code()).as(shown.err()).isZero();
    var lines = shown.out().lines().toList();
    assertThat(lines).hasSize(13);
    assertThat(lines.getFirst()).isEqualTo("factor,zeros,mean score,0,1,2,3,4,5,6,7,8,9,round");
    assertThat(lines.getLast()).matches("12,\\d\\.\\d{4},\\d+\\.\\d+(,\\d\\.\\d{4}){11}");
    assertThat(shown.err())
        .containsPattern(
            "\\d+\\.\\d % of the scores are 0; factors explain [5-9]\\d\\.\\d % of the features;"
                + " round: factor \\d+, area 0\\.[6-9]");
  }

  private void requirePage(String run) throws IOException {
    var page = folder.resolve("factors.html");
    var shown = factors(run, "--html=" + page, "--part=validation");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err()).contains("12 factors are on the page " + page);
    var html = Files.readString(page);
    assertThat(html)
        .contains(
            "factors learned with the network; validation examples of digits",
            "<dt>Scores that are 0</dt>",
            "The best factor for each class and attribute",
            "<h3>Factor 12</h3>",
            "dictionary row: 32 features, ");
    assertThat(html.split("data:image/png;base64,iVBOR", -1).length).isBetween(60, 145);
    assertThat(Files.size(page)).isLessThan(300_000);
  }

  private static void requireAnswers(String run) {
    var answers = Invocation.of("predict", run, "--part=test");
    assertThat(answers.code()).as(answers.err()).isZero();
    assertThat(answers.out().lines().count()).isGreaterThan(300);
  }

  private static void requireMistakes(String run) {
    requireMistake(factors(run, "--rank=4"), "has factors of its own; leave --rank out.");
    requireMistake(
        factors(run, "--attribute=round"),
        "Option --attribute takes a name and the classes that have it, such as"
            + " 'footwear=Sandal,Sneaker', not 'round'.");
    requireMistake(factors(run, "--attribute=round=10"), "The run knows no class '10'");
    requireMistake(
        factors(run, "--attribute=digit=0,1,2,3,4,5,6,7,8,9"), "All classes have 'digit'");
  }

  private static void requireMistake(Invocation refused, String words) {
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(words).doesNotContain("\tat ");
  }

  @Test
  void factorsAreFoundAfterwards() {
    var run = trained("plain", "--model=mlp(width=64)");
    requireMistake(
        factors(run), "was trained without factors; train with --method deepfacto, or find some");
    requireMistake(factors(run, "--rank=33"), "33 factors are more than the 32 activations");
    var found = factors(run, "--rank=6");
    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.out().lines()).hasSize(7);
    assertThat(found.err()).containsPattern("factors explain [6-9]\\d\\.\\d %");
  }

  @Test
  void rowsOfATableAreShownByTheirColumns() throws IOException {
    var table = folder.resolve("flowers.csv");
    var text = new StringBuilder("pet&al,sepal,kind\n");
    for (int row = 0; row < 60; row++) {
      text.append("%d,%s,%s\n".formatted(1234 + row % 2, "-0.5", row % 2 == 0 ? "a<b" : "c"));
    }
    Files.writeString(table, text.toString());
    var run = trained("flowers", "--data=csv:" + table, "--method=deepfacto", "--rank=3");
    var page = folder.resolve("flowers.html");
    var shown = factors(run, "--html=" + page, "--part=train");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(Files.readString(page))
        .contains("<dt>pet&amp;al</dt><dd>1234", "<span class=\"tag\">a&lt;b</span>")
        .doesNotContain("<img");
  }

  @Test
  void mistakesAreToldBeforeThereIsAFolder() {
    refuse("32 factors are more than the 16 activations", "--model=mlp(width=32)");
    refuse(
        "Layer activation2 at the end of block 1 (hidden1) gives numbers below 0, but factors stand"
            + " for none; put a ReLU behind it.",
        "--model=plain-mlp(activation=tanh)");
    refuse("can't be shared by several workers", "--workers=2");
    refuse("Option --blocks is for --method block-admm", "--blocks=2");
    refuse("Option --init is one of random, nndsvd, not 'svd'.", "--init=svd");
    requireMistake(
        train("other", "--rank=8"),
        "Option --rank is for --method deepfacto; give that too or leave it out.");
    requireMistake(
        train("model", "--model=factorised(rank=8)"),
        "The factors of factorised(rank=8) learn by --method deepfacto; give that too or another"
            + " model.");
    assertThat(folder).isEmptyDirectory();
  }

  private void refuse(String words, String option) {
    requireMistake(train("refused", option, "--method=deepfacto"), words);
  }
}
