package dev.gradus.cli.toy;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Two weights and their gradients in native memory: one tensor of both, or one for each. */
final class TwoWeights implements Tensors {
  private static final long ALIGNMENT = 64;

  private final List<Parameter> parameters;
  private final List<MemorySegment> weights;
  private final List<MemorySegment> gradients;

  TwoWeights(Arena arena, boolean apart) {
    parameters =
        apart ? List.of(parameter("x", 1), parameter("y", 1)) : List.of(parameter("xy", 2));
    weights = parameters.stream().map(p -> memory(arena, p)).toList();
    gradients = parameters.stream().map(p -> memory(arena, p)).toList();
  }

  private static Parameter parameter(String name, int columns) {
    return new Parameter(name, Shape.of(1, columns), ParameterType.WEIGHT);
  }

  private static MemorySegment memory(Arena arena, Parameter parameter) {
    return arena.allocate(parameter.shape().size() * Float.BYTES, ALIGNMENT);
  }

  List<Parameter> parameters() {
    return parameters;
  }

  void move(Point place) {
    write(weights, place);
  }

  void slope(Point slope) {
    write(gradients, slope);
  }

  Point place() {
    var first = weights.getFirst();
    return new Point(first.getAtIndex(JAVA_FLOAT, 0), second(weights).get(JAVA_FLOAT, 0));
  }

  private static void write(List<MemorySegment> memory, Point numbers) {
    memory.getFirst().setAtIndex(JAVA_FLOAT, 0, (float) numbers.x());
    second(memory).set(JAVA_FLOAT, 0, (float) numbers.y());
  }

  /** Where the second number lies: behind the first, or alone. */
  private static MemorySegment second(List<MemorySegment> memory) {
    return memory.size() == 1 ? memory.getFirst().asSlice(Float.BYTES) : memory.getLast();
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
