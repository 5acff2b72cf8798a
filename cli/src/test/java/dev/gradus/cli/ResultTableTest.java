package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.Result;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  private static SequencedMap<String, Double> metrics(double first, double second) {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("loss", first);
    metrics.put("accuracy", second);
    return metrics;
  }

  private static Result result(SequencedMap<String, Double> validation) {
    return new Result(
        1,
        "2026-01-01T00:00:00Z",
        900,
        0,
        20,
        17,
        false,
        12.5,
        0.0123,
        validation,
        metrics(0.25, 0.975),
        metrics(0.5, 0.9),
        4810,
        null);
  }

  @Test
  void hasARowForEachPart() {
    assertThat(ResultTable.of(result(metrics(0.2, 0.98))).lines())
        .containsExactly(
            "                  loss    accuracy",
            "train           0.0123",
            "validation      0.2000     98.00 %",
            "test            0.2500     97.50 %");
  }

  @Test
  void leavesWhatWasNotMeasuredBlank() {
    assertThat(ResultTable.of(result(new LinkedHashMap<>())).lines())
        .containsExactly(
            "                  loss    accuracy",
            "train           0.0123",
            "validation",
            "test            0.2500     97.50 %");
  }

  @Test
  void fitsIntoSixtyColumnsForEveryTask() {
    var text = metrics(1, 0.5);
    text.put("perplexity", 123_456.0);
    text.put("bitsPerCharacter", 1.5);
    assertThat(ResultTable.of(result(text)).lines()).allMatch(line -> line.length() <= 60);
  }
}
