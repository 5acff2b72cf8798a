package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions made of other operators, against those of the JDK. */
class ApproximationsTest {
  private static final int COUNT = 40_003;

  @Test
  void tanhIsThatOfTheJdkWithinAFewRoundings() {
    float[] x = concat(between(-12, 12), powersOfTen());
    float[] actual = apply(Operator.TANH, x, new VectorKernels());
    for (int i = 0; i < x.length; i++) {
      double expected = Math.tanh(x[i]);
      assertThat(Math.abs(actual[i] - expected))
          .as("tanh(%s) = %s", x[i], actual[i])
          .isLessThanOrEqualTo(5e-7 * Math.abs(expected));
      assertThat(Math.abs(actual[i])).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void powersOfTwoAreThoseOfTheJdkWithinAFewRoundings() {
    requireExp2(between(-4, 4), 2e-6);
    requireExp2(between(-126, 127), 4e-5);
  }

  private static void requireExp2(float[] x, double tolerance) {
    float[] actual = apply(Operator.EXP2, x, new VectorKernels());
    for (int i = 0; i < x.length; i++) {
      double expected = Math.pow(2, x[i]);
      assertThat(Math.abs(actual[i] - expected))
          .as("2 to the %s = %s", x[i], actual[i])
          .isLessThanOrEqualTo(tolerance * Math.max(1, expected));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "EXP2"})
  void everyKernelGivesTheSameBits(Operator operator) {
    float[] x = concat(between(-140, 140), concat(between(-1, 1), powersOfTen()));
    assertThat(apply(operator, x, new BlockKernels()))
        .isEqualTo(apply(operator, x, new VectorKernels()));
  }

  @Test
  void limitsAreKept() {
    float[] x = {Float.NEGATIVE_INFINITY, -0f, 0f, Float.POSITIVE_INFINITY, Float.NaN};
    float[] tanh = apply(Operator.TANH, x, new VectorKernels());
    assertThat(tanh[0]).isBetween(-1f, -1 + 5e-7f);
    assertThat(tanh[1]).isEqualTo(-0f);
    assertThat(tanh[2]).isEqualTo(0f);
    assertThat(tanh[3]).isBetween(1 - 5e-7f, 1f);
    assertThat(tanh[4]).isNaN();
    assertThat(apply(Operator.EXP2, x, new VectorKernels()))
        .containsExactly(0f, 1f, 1f, Float.POSITIVE_INFINITY, Float.NaN);
  }

  private static float[] between(double low, double high) {
    return floats(IntStream.range(0, COUNT).mapToDouble(i -> low + i * (high - low) / COUNT));
  }

  private static float[] powersOfTen() {
    return floats(IntStream.range(-370, 20).mapToDouble(i -> Math.pow(10, i / 10.0)));
  }

  private static float[] floats(DoubleStream values) {
    double[] wide = values.toArray();
    float[] result = new float[wide.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) wide[i];
    }
    return result;
  }

  private static float[] concat(float[] a, float[] b) {
    float[] result = new float[a.length + b.length];
    System.arraycopy(a, 0, result, 0, a.length);
    System.arraycopy(b, 0, result, a.length, b.length);
    return result;
  }

  /** The new weight is the operator applied to the weight. */
  private static float[] apply(Operator operator, float[] x, KernelSource kernels) {
    UnaryOperator<Expression> function =
        operator == Operator.TANH ? Expression::tanh : Expression::exp2;
    Rule rule = in -> in.soFar().withNewWeight(function.apply(in.weight()));
    var pipeline = new Pipeline(List.of(new Stage("applied", rule, Optional.empty())));
    Shape shape = Shape.of(x.length);
    var tensor = new TensorEquations("t", shape, Equations.of(pipeline, shape));
    try (var arena = Arena.ofShared();
        var engine = new NativeEngine(List.of(tensor), 1, false, kernels, Layout.UNIT)) {
      MemorySegment weight = arena.allocateFrom(JAVA_FLOAT, x);
      MemorySegment gradient = arena.allocate(JAVA_FLOAT, x.length);
      engine.step(new OneTensor(weight, gradient), Comparison.facts(1), false);
      return weight.toArray(JAVA_FLOAT);
    }
  }
}
