package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator in both kinds of kernels, on numbers that are easily got wrong. */
class OperatorTest {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1,
    -1,
    2.5f,
    -3e38f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };
  private static final int COUNT = SPECIAL.length * SPECIAL.length;

  /** Those that engines carry out exactly; {@link ApproximationsTest} has the others. */
  static Stream<Operator> operators() {
    return Stream.of(Operator.values())
        .filter(operator -> !operator.onScalarsOnly())
        .filter(operator -> operator != Operator.TANH && operator != Operator.EXP2);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void vectorsEqualTheDefinition(Operator operator) {
    compare(operator, new VectorKernels());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void blocksEqualTheDefinition(Operator operator) {
    compare(operator, new BlockKernels());
  }

  /** The new weight is the operator applied to weight and gradient. */
  private static void compare(Operator operator, KernelSource kernels) {
    Rule rule = in -> in.soFar().withNewWeight(applied(operator, in));
    var pipeline = new Pipeline(List.of(new Stage("applied", rule, Optional.empty())));
    Shape shape = Shape.of(COUNT);
    var tensor = new TensorEquations("t", shape, Equations.of(pipeline, shape));
    try (var arena = Arena.ofShared();
        var engine = new NativeEngine(List.of(tensor), 1, false, kernels, Layout.UNIT)) {
      MemorySegment weight = arena.allocate(JAVA_FLOAT, COUNT);
      MemorySegment gradient = arena.allocate(JAVA_FLOAT, COUNT);
      for (int i = 0; i < COUNT; i++) {
        weight.setAtIndex(JAVA_FLOAT, i, first(i));
        gradient.setAtIndex(JAVA_FLOAT, i, second(i));
      }
      engine.step(new OneTensor(weight, gradient), Comparison.facts(1), false);
      for (int i = 0; i < COUNT; i++) {
        assertThat(weight.getAtIndex(JAVA_FLOAT, i))
            .as("%s of %s and %s", operator, first(i), second(i))
            .usingComparator(OperatorTest::compare)
            .isEqualTo(expected(operator, first(i), second(i)));
      }
    }
  }

  private static float first(int i) {
    return SPECIAL[i / SPECIAL.length];
  }

  private static float second(int i) {
    return SPECIAL[i % SPECIAL.length];
  }

  /** Not-a-number equals itself and the zeros equal each other. */
  private static int compare(float a, float b) {
    return a == b ? 0 : Float.compare(a, b);
  }

  private static Expression applied(Operator operator, Inputs in) {
    Expression a = in.weight();
    Expression b = in.gradient();
    return switch (operator) {
      case ADD -> a.plus(b);
      case SUBTRACT -> a.minus(b);
      case MULTIPLY -> a.times(b);
      case DIVIDE -> a.over(b);
      case MINIMUM -> a.minimum(b);
      case MAXIMUM -> a.maximum(b);
      case SQUARE_ROOT -> a.squareRoot();
      case ABSOLUTE -> a.absolute();
      case SIGN -> a.sign();
      case LESS -> a.below(b);
      case EQUAL -> a.is(1);
      case SELECT -> a.choose(b, a.minus(1));
      case TANH, EXP2 -> throw new IllegalArgumentException(operator + " is approximated");
      case POWER, REMAINDER -> throw new IllegalArgumentException(operator + " is for scalars");
    };
  }

  private static float expected(Operator operator, float a, float b) {
    double second = operator == Operator.EQUAL ? 1 : b;
    return (float) operator.apply(a, second, a - 1);
  }
}
