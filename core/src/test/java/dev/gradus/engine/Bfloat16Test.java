package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Halves;
import dev.gradus.Rules;
import dev.gradus.Settings;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Format;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights and gradients of 16 bits. */
class Bfloat16Test {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(1),
          Shape.of(15),
          Shape.of(3, 16),
          Shape.of(5, 17),
          Shape.of(4097),
          Shape.of(2, 5000));

  /** The weights, states and the engine of one tensor, which all begin alike. */
  private static final class Tensor implements AutoCloseable {
    final Arena arena = Arena.ofShared();
    final OneTensor memory;
    final NativeEngine engine;

    Tensor(Pipeline pipeline, Shape shape, Format format, boolean check, KernelSource kernels) {
      var equations = Equations.of(pipeline, shape);
      var tensor = new TensorEquations("t", shape, equations, format);
      engine = new NativeEngine(List.of(tensor), 1, check, kernels, Layout.UNIT);
      memory = new OneTensor(drawn(shape, format, 1), drawn(shape, format, 2));
    }

    private MemorySegment drawn(Shape shape, Format format, long seed) {
      var random = new Random(seed);
      var memory = arena.allocate(shape.size() * format.bytes(), 64);
      var values = new float[(int) shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Halves.cut(random.nextFloat(-1, 1));
      }
      if (format == Format.BFLOAT16) {
        Halves.write(memory, values);
      } else {
        MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, values.length);
      }
      return memory;
    }

    void step(long number) {
      engine.step(memory, Comparison.facts(number), false);
    }

    List<byte[]> states() {
      return engine.states().stream().map(state -> state.values().toArray(JAVA_BYTE)).toList();
    }

    @Override
    public void close() {
      engine.close();
      arena.close();
    }
  }

  static Stream<Pipeline> pipelines() {
    return Settings.pipelines().stream();
  }

  /** So all that is proven for single precision holds here too, but for the last rounding. */
  @ParameterizedTest
  @MethodSource("pipelines")
  void aStepIsThatOfSinglePrecisionAndThenRounded(Pipeline pipeline) {
    for (Shape shape : SHAPES) {
      try (var whole = new Tensor(pipeline, shape, Format.FLOAT32, false, new VectorKernels());
          var half = new Tensor(pipeline, shape, Format.BFLOAT16, false, new VectorKernels())) {
        whole.step(1);
        half.step(1);
        var expected = whole.memory.weight().toArray(JAVA_FLOAT);
        float key = (float) Rounding.key("t", 1);
        for (int i = 0; i < expected.length; i++) {
          expected[i] = Halves.cut(Rounding.round(expected[i], key, i));
        }
        assertThat(Halves.read(half.memory.weight()))
            .as("%s", shape)
            .containsExactly(widened(expected));
        assertThat(half.states()).usingRecursiveComparison().isEqualTo(whole.states());
      }
    }
  }

  private static double[] widened(float[] values) {
    var result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "sgd(momentum=0.9)", "lion", "adam | hybrid", "sgd | ema(0.5)"})
  void generatedAndInterpretedLoopsGiveTheSameBits(String pipeline) {
    for (Shape shape : SHAPES) {
      Pipeline rules = Rules.parse(pipeline);
      try (var vectors = new Tensor(rules, shape, Format.BFLOAT16, true, new VectorKernels());
          var blocks = new Tensor(rules, shape, Format.BFLOAT16, true, new BlockKernels())) {
        for (long step = 1; step <= 3; step++) {
          vectors.step(step);
          blocks.step(step);
        }
        assertThat(blocks.memory.weight().mismatch(vectors.memory.weight())).isEqualTo(-1);
        assertThat(blocks.states()).usingRecursiveComparison().isEqualTo(vectors.states());
      }
    }
  }

  /** The reference rounds what it has computed in double. */
  @Test
  void theReferenceRoundsAlike() {
    var shape = Shape.of(100, 100);
    var equations = Equations.of(Rules.parse("adamw"), shape);
    var tensor = new TensorEquations("t", shape, equations, Format.BFLOAT16);
    var doubles = new Doubles(List.of(tensor), new Random(3));
    try (var half =
            new Tensor(Rules.parse("adamw"), shape, Format.BFLOAT16, false, new VectorKernels());
        var reference = new ReferenceEngine(List.of(tensor), false)) {
      copy(Halves.read(half.memory.weight()), doubles.weight(0));
      copy(Halves.read(half.memory.gradient()), requireNonNull(doubles.gradient(0)));
      half.step(1);
      reference.step(doubles, Comparison.facts(1), false);
      double[] actual = Halves.read(half.memory.weight());
      double[] expected = doubles.weights(0);
      int equal = 0;
      for (int i = 0; i < actual.length; i++) {
        equal += actual[i] == expected[i] ? 1 : 0;
        assertThat(actual[i]).isCloseTo(expected[i], within(Math.abs(expected[i]) * 0x1p-7));
      }
      assertThat(equal).isGreaterThan(9_950);
    }
  }

  private static void copy(double[] values, MemorySegment to) {
    to.copyFrom(MemorySegment.ofArray(values));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 3e38f})
  void aGradientThatIsNotFiniteIsRefused(float bad) {
    try (var half =
        new Tensor(
            Rules.parse("adamw"), Shape.of(20), Format.BFLOAT16, true, new VectorKernels())) {
      half.step(1);
      byte[] before = half.memory.weight().toArray(JAVA_BYTE);
      Halves.write(half.memory.gradient().asSlice(38), bad);
      assertThat(half.engine.step(half.memory, Comparison.facts(2), false).notFinite()).hasValue(0);
      assertThat(half.memory.weight().toArray(JAVA_BYTE)).isEqualTo(before);
    }
  }

  /**
   * A hundredth of a unit in the last place each: in single precision lost by any other rounding.
   */
  @Test
  void smallStepsAreNotLost() {
    int count = 50_000;
    try (var half =
        new Tensor(
            Rules.parse("sgd"), Shape.of(count), Format.BFLOAT16, false, new VectorKernels())) {
      var ones = new float[count];
      Arrays.fill(ones, 1);
      Halves.write(half.memory.weight(), ones);
      Arrays.fill(ones, -0x1p-7f);
      Halves.write(half.memory.gradient(), ones);
      for (long step = 1; step <= 100; step++) {
        half.step(step);
      }
      double mean = Arrays.stream(Halves.read(half.memory.weight())).average().orElseThrow();
      assertThat(mean).isCloseTo(1 + 100 * 0.01 * 0x1p-7, within(1e-4));
    }
  }
}
