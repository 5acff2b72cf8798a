package dev.gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {
  @ParameterizedTest
  @CsvSource({
    "adamw, false, 28",
    "adamw, true, 32",
    "clip-norm(1) | adamw, false, 32",
    "adamp, false, 40",
    "sgd, false, 12"
  })
  void countsTheBytesPerWeight(String pipeline, boolean check, long bytes) {
    var parameters = Networks.named("10x20");
    assertThat(Traffic.bytes(parameters, Rules.parse(pipeline), check)).isEqualTo(200 * bytes);
  }
}
