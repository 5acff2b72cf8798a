package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.Rules;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gradus rules}. */
class RulesTest {
  static Stream<RecordType<?>> types() {
    return Stream.concat(Rules.CATALOGUE.types().stream(), Schedules.CATALOGUE.types().stream());
  }

  static Stream<String> names() {
    return types().map(RecordType::name);
  }

  @Test
  void theListHasEveryRuleAndScheduleWithASentence() {
    var list = Invocation.of("rules");
    assertThat(list.code()).isZero();
    assertThat(names())
        .allSatisfy(name -> assertThat(list.out()).containsPattern("(?m)^  " + name + "  +\\S.+"));
    assertThat(list.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyPageDocumentsEveryOption(RecordType<?> type) {
    var page = Invocation.of("rules", type.name());
    assertThat(page.out()).startsWith(type.name() + "\n").doesNotContain("{@", "<p>", "&lt;");
    assertThat(type.options())
        .allSatisfy(
            option -> {
              assertThat(type.documentation().options()).containsKey(option.name());
              assertThat(page.out()).containsPattern("(?m)^  " + option.name() + "  +.+");
            });
    assertThat(page.out()).contains(Rules.CATALOGUE.find(type.name()).isPresent() ? "Cost:" : "");
  }

  @Test
  void jsonHasDefaultsAndRanges() throws IOException {
    JsonNode rules =
        new ObjectMapper().readTree(Invocation.of("rules", "--json").out()).get("rules");
    List<String> found = new ArrayList<>();
    rules.forEach(rule -> found.add(rule.get("name").asText()));
    assertThat(found).containsExactlyElementsOf(names().toList());
    JsonNode adam =
        new ObjectMapper().readTree(Invocation.of("rules", "adam", "--json").out()).get("rules");
    assertThat(adam).hasSize(1);
    assertThat(adam.get(0).get("options").get(2).toString())
        .isEqualTo(
            "{\"name\":\"epsilon\",\"default\":\"1e-8\",\"values\":\"a number in [0, ∞)\","
                + "\"range\":\"[0, ∞)\",\"description\":\"added to the root, in [0, ∞)\"}");
  }

  @Test
  void aMistypedNameIsCorrected() {
    var answer = Invocation.of("rules", "adampp");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo("gradus: Unknown rule or schedule 'adampp'; did you mean 'adamp'?\n");
  }
}
