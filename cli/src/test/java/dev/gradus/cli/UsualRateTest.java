package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.text.RecordType;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UsualRateTest {

  @ParameterizedTest
  @CsvSource({
    "adamp, 0.003",
    "sgd(momentum=0.9), 0.1",
    "clip-norm(1) | momentum, 0.1",
    "clip-norm(1) | lion | decay(0.1), 0.0003",
    "adam | project | decay(0.01), 0.003",
    "rsg, 1"
  })
  void isThatOfTheFirstRuleWithAnOpinion(String pipeline, double rate) {
    assertThat(UsualRate.LARGE.of(Rules.parse(pipeline))).isEqualTo(rate);
  }

  static Stream<String> rules() {
    return Rules.CATALOGUE.types().stream().map(RecordType::name);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void existsForEveryRule(String rule) {
    assertThat(UsualRate.SMALL.of(Rules.parse(rule))).isBetween(0.0001, 1.0);
  }
}
