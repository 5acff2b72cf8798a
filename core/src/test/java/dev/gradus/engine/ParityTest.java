package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.Settings;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines agree on every rule, alone and with every rule that may follow it as a hybrid. */
class ParityTest {
  private static final int STEPS = 12;
  private static final List<Shape> SHAPES =
      List.of(Shape.of(5, 40), Shape.of(33), Shape.of(4, 2, 3, 3), Shape.of(1));

  static Stream<String> pipelines() {
    return Rules.CATALOGUE.types().stream()
        .map(RecordType::name)
        .flatMap(
            rule ->
                Stream.of(
                    rule,
                    rule + " | hybrid",
                    rule
                        + " | hybrid(0.9, innerRate=3, outerRate=0.1, correction=outside,"
                        + " zero=stuck)",
                    rule + " | hybrid(0.7, rule=pow2, zero=floor)"))
        .filter(Settings::isAccepted);
  }

  @Test
  void hybridsOfEveryKindAreThere() {
    assertThat(pipelines()).contains("adam | hybrid", "novograd | hybrid").hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void enginesAgree(String text) {
    Pipeline pipeline = Rules.parse(text);
    List<TensorEquations> tensors =
        SHAPES.stream()
            .map(shape -> new TensorEquations("t" + shape, shape, Equations.of(pipeline, shape)))
            .toList();
    try (var comparison = new Comparison(tensors, new Random(5), KernelSource.best())) {
      for (int step = 0; step < STEPS; step++) {
        comparison.step();
      }
    }
  }
}
