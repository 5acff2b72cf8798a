package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {
  @TempDir private Path temporary;

  private Invocation compare(String... further) {
    var command =
        new String[] {
          "compare",
          "adam",
          "adam | project",
          "--model=mlp(width=8)",
          "--epochs=1",
          "--set=batch=256",
          "--seeds=2",
          "--rates=2",
          "--out=" + temporary.resolve("out")
        };
    var all = Arrays.copyOf(command, command.length + further.length);
    System.arraycopy(further, 0, all, command.length, further.length);
    return Invocation.of(all);
  }

  @Test
  void endsWithATableAndAPageAndGoesOn() throws Exception {
    var first = compare();
    assertThat(first.code()).describedAs(first.err()).isZero();
    assertThat(first.out())
        .contains("test accuracy; difference to adam, seed by seed")
        .contains("adam | project and adam ")
        .endsWith("report.html\n");
    assertThat(temporary.resolve("out/report.html"))
        .content()
        .contains("Learning rates in the tuning", "adam | project");
    assertThat(temporary.resolve("out")).isDirectoryContaining("glob:**/report.{csv,json}");
    var page = Files.readString(temporary.resolve("out/report.html"));
    assertThat(compare().err()).contains("8 runs, 8 finished");
    assertThat(temporary.resolve("out/report.html")).hasContent(page);
    var other = compare("--set=augment=none");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("holds another comparison");
  }

  @Test
  void aFileSaysWhatOptionsSayAndTheCommandLineWins() throws Exception {
    var file =
        Files.writeString(
            temporary.resolve("mine.yaml"),
            """
            pipelines: [adam, adam | project]
            model: mlp(width=8)
            steps: 40
            set: {batch: 256}
            seeds: 3
            rates: 4
            tuning: halving(2)
            """);
    var listed = Invocation.of("compare", "--config=" + file, "--rates=3", "--dry-run");
    assertThat(listed.err()).contains("16 runs");
    assertThat(listed.out())
        .contains("tuning  adam | project  lr=0.0009 epochs=3  seeds 0\n")
        .contains("tuning  adam | project  the best 2 of them epochs=6  seeds 0\n");
    assertThat(temporary.resolve("mine/compare.yaml")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          rate: 5           ! line 2: Unknown key 'rate'; did you mean 'rates'?
          config: a         ! line 2: Unknown key 'config'
          rates: none       ! line 2: Option --rates takes a whole number from 1 to 2147483647, not 'none'.
          set: [batch]      ! line 2:
          """)
  void aMistakeInTheFileIsNamedWithItsLine(String wrong, String sentence) throws Exception {
    var file =
        Files.writeString(temporary.resolve("mine.yaml"), "pipelines: adam\n" + wrong + "\n");
    var refused = Invocation.of("compare", "--config=" + file);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("mine.yaml, " + sentence);
  }

  @Test
  void ratesLieAroundTheUsualOne() {
    assertThat(Comparing.rates(0.003, 5))
        .containsExactly("0.0003", "0.0009", "0.003", "0.009", "0.03");
    assertThat(Comparing.rates(1, 2)).containsExactly("0.3", "1");
    assertThat(Comparing.rates(0.1, 1)).containsExactly("0.1");
  }
}
