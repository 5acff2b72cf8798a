package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.RunFile.Entry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
  private static Entry setting(String value) {
    return new Entry("lr", List.of(value), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0001 to 0.1, 0, 0.0001",
    "0.0001 to 0.1, 0.33333333, 0.001",
    "1e-4 to 1e2, 0.5, 0.1",
    "0 to 0.5, 0.25, 0.125",
    "-1.0 to 1.0, 0.5, 0",
    "16 to 256, 0.5, 64",
    "0 to 3, 0.9, 3"
  })
  void valuesLieEvenlyInTheLogarithmUnlessTheRangeTouchesZero(
      String range, double share, String value) {
    assertThat(Span.of(setting(range)).orElseThrow().at(share)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "a to b", "0.1 to", "adam | decay(1 to 2)", "1 to 2 to 3"})
  void anythingElseIsAValue(String value) {
    assertThat(Span.of(setting(value))).isEmpty();
  }
}
