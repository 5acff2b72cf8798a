package dev.gradus.engine;

import static java.util.stream.Collectors.joining;

import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both engines agree on pipelines of seven stages drawn from the catalogue. */
class SevenStagesTest {
  private static final int PIPELINES = 16;
  private static final int STAGES = 7;
  private static final int STEPS = 4;
  private static final List<Shape> SHAPES =
      List.of(Shape.of(5, 40), Shape.of(33), Shape.of(4, 2, 3, 3));

  static List<String> pipelines() {
    var random = new Random(3);
    return IntStream.range(0, PIPELINES).mapToObj(_ -> drawn(random)).toList();
  }

  private static String drawn(Random random) {
    String text = draw(random);
    while (!fits(text)) {
      text = draw(random);
    }
    return text;
  }

  private static String draw(Random random) {
    List<String> names = Rules.CATALOGUE.types().stream().map(RecordType::name).toList();
    return IntStream.range(0, STAGES)
        .mapToObj(i -> names.get(random.nextInt(names.size())) + " as stage" + i)
        .collect(joining(" | "));
  }

  private static boolean fits(String text) {
    try {
      Pipeline pipeline = Rules.parse(text);
      SHAPES.forEach(shape -> Equations.of(pipeline, shape));
      return true;
    } catch (UserException reason) {
      return false;
    }
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
