package dev.gradus.bench.layerwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.bench.layerwise.LayerwiseRun.Outcome;
import dev.gradus.cli.data.DataOptions;
import dev.gradus.cli.data.DataSets;
import dev.gradus.cli.data.LoadListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerwiseRunTest {
  private static final Outcome OUTCOME = new Outcome(7, 0.5, Double.NaN, Duration.ofMillis(1234));

  @TempDir Path folder;

  @Test
  void learnsDigitsAndTellsOfTheBestIteration() {
    var digits = DataSets.open("digits", DataOptions.usual(LoadListener.SILENT));
    var outcome = new LayerwiseRun(1, 1, 30).on(digits.withTrainPart(0.3, 0));
    assertThat(outcome.validation()).isGreaterThan(0.8);
    assertThat(outcome.test()).isGreaterThan(0.7);
    var again = new LayerwiseRun(1, 1, outcome.iteration()).on(digits.withTrainPart(0.3, 0));
    assertThat(again.test()).isEqualTo(outcome.test());
  }

  @Test
  void testsNothingWhereThereAreNoTestExamples() {
    var digits = DataSets.open("digits", DataOptions.usual(LoadListener.SILENT)).withoutTest();
    assertThat(new LayerwiseRun(1, 1, 1).on(digits).test()).isNaN();
  }

  @Test
  void makesNoFinishedRunAgain() throws IOException {
    var results = new LayerwiseResults(folder);
    assertThat(results.of("one", () -> OUTCOME)).isEqualTo(OUTCOME);
    assertThat(results.of("one", () -> fail())).isEqualTo(OUTCOME);
  }

  private static Outcome fail() {
    throw new AssertionError("made again");
  }

  @Test
  void refusesAFileThatIsNoResult() throws IOException {
    Files.writeString(folder.resolve("one.csv"), "iteration\n");
    assertThatThrownBy(() -> new LayerwiseResults(folder).of("one", () -> OUTCOME))
        .isInstanceOf(IOException.class)
        .hasMessage("%s is no result of a run; delete it.", folder.resolve("one.csv"));
  }
}
