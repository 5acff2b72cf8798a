package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Settings;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Units of work of any length give the same bits. */
class TileTest {
  private static final List<Shape> SHAPES =
      List.of(Shape.of(2, 9_000), Shape.of(13_001), Shape.of(300, 9), Shape.of(64, 3, 3, 3));
  private static final int STEPS = 2;

  static Stream<Pipeline> pipelines() {
    return Settings.pipelines().stream();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void unitsOfAnyLengthGiveTheSameBits(Pipeline pipeline) {
    List<byte[]> expected = after(pipeline, 1, Layout.UNIT);
    requireSame(after(pipeline, 1, 3 * Layout.FOLDED), expected);
    requireSame(after(pipeline, 2, Layout.FOLDED), expected);
  }

  private static void requireSame(List<byte[]> actual, List<byte[]> expected) {
    assertThat(actual).usingElementComparator(Arrays::compare).isEqualTo(expected);
  }

  /** Every weight and state. */
  private static List<byte[]> after(Pipeline pipeline, int threads, int unit) {
    List<TensorEquations> tensors =
        SHAPES.stream()
            .map(shape -> new TensorEquations("t" + shape, shape, Equations.of(pipeline, shape)))
            .toList();
    try (var arena = Arena.ofShared();
        var engine = new NativeEngine(tensors, threads, false, KernelSource.best(), unit)) {
      var memory = new DrawnMemory(arena);
      for (int step = 1; step <= STEPS; step++) {
        engine.step(memory, Comparison.facts(step), false);
      }
      var bits = new ArrayList<byte[]>();
      memory.weights.forEach(weight -> bits.add(weight.toArray(JAVA_BYTE)));
      engine.states().forEach(state -> bits.add(state.values().toArray(JAVA_BYTE)));
      return bits;
    }
  }

  private static final class DrawnMemory implements Tensors {
    private final List<MemorySegment> weights = new ArrayList<>();
    private final List<MemorySegment> gradients = new ArrayList<>();

    DrawnMemory(Arena arena) {
      var random = new SplittableRandom(13);
      for (Shape shape : SHAPES) {
        weights.add(draw(arena, shape, random));
        gradients.add(draw(arena, shape, random));
      }
    }

    private static MemorySegment draw(Arena arena, Shape shape, SplittableRandom random) {
      MemorySegment memory = arena.allocate(shape.size() * Float.BYTES, 64);
      for (long i = 0; i < shape.size(); i++) {
        memory.setAtIndex(JAVA_FLOAT, i, 2 * random.nextFloat() - 1);
      }
      return memory;
    }

    @Override
    public MemorySegment weight(int index) {
      return weights.get(index);
    }

    @Override
    public MemorySegment gradient(int index) {
      return gradients.get(index);
    }
  }
}
