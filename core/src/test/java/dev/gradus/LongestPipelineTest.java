package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No stack overflow, in however deep equations. */
class LongestPipelineTest {
  static Stream<Rule> everyRule() {
    return Rules.CATALOGUE.types().stream()
        .map(type -> Rules.parse(type.name()).stages().getFirst().rule());
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void theLongestPipelineTakesAStep(Rule rule) {
    List<Stage> stages =
        IntStream.range(0, 16)
            .mapToObj(i -> new Stage(Stage.of(rule).name(), rule, Optional.of("s" + i)))
            .toList();
    try (Run run = Run.of(new Pipeline(stages), Run.parameters(Shape.of(2, 3)), b -> b)) {
      assertThat(run.step().accepted()).isTrue();
    }
  }
}
