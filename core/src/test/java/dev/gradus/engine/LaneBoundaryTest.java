package dev.gradus.engine;

import dev.gradus.Settings;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both kinds of kernels at every size around a vector's and a segment's end. */
class LaneBoundaryTest {
  private static final List<Shape> SHAPES = shapes();

  private static List<Shape> shapes() {
    var shapes = new ArrayList<Shape>();
    for (int size = 1; size <= 40; size++) {
      shapes.add(Shape.of(size));
    }
    for (int size = 1; size <= 20; size++) {
      shapes.add(Shape.of(3, size));
    }
    for (int size = 4095; size <= 4097; size++) {
      shapes.add(Shape.of(size));
    }
    shapes.add(Shape.of(2, 4097));
    return shapes;
  }

  static Stream<Pipeline> pipelines() {
    return Settings.pipelines().stream();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void vectorsEqualThePureEquations(Pipeline pipeline) {
    compare(pipeline, new VectorKernels());
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void blocksEqualThePureEquations(Pipeline pipeline) {
    compare(pipeline, new BlockKernels());
  }

  private static void compare(Pipeline pipeline, KernelSource kernels) {
    var tensors = new ArrayList<TensorEquations>();
    for (Shape shape : SHAPES) {
      tensors.add(new TensorEquations("t", shape, Equations.of(pipeline, shape)));
    }
    try (var comparison = new Comparison(tensors, new Random(5), kernels)) {
      comparison.step();
      comparison.step();
    }
  }
}
