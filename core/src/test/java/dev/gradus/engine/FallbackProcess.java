package dev.gradus.engine;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.Rules;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A program that trains a little and prints the sum of the weights in each of its two runs. */
final class FallbackProcess {
  static final int SIZE = 1000;
  static final int STEPS = 5;

  private FallbackProcess() {}

  public static void main(String[] arguments) {
    train();
    train();
  }

  @SuppressWarnings("SystemOut")
  private static void train() {
    System.out.println(sumOfWeights());
  }

  static double sumOfWeights() {
    var parameter = new Parameter("a", Shape.of(10, SIZE / 10), ParameterType.WEIGHT);
    try (var arena = Arena.ofShared();
        var optimizer =
            Optimizer.of(List.of(parameter))
                .group(Group.all(Rules.parse("clip-norm(1) | adamp(delta=2)"), 0.1))
                .threads(2)
                .build()) {
      var weight = arena.allocate(SIZE * Float.BYTES);
      var gradient = arena.allocate(SIZE * Float.BYTES);
      for (int i = 0; i < SIZE; i++) {
        weight.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) Math.sin(i));
        gradient.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) Math.cos(3 * i));
      }
      for (int step = 0; step < STEPS; step++) {
        optimizer.step(
            new Tensors() {
              @Override
              public MemorySegment weight(int index) {
                return weight;
              }

              @Override
              public MemorySegment gradient(int index) {
                return gradient;
              }
            });
      }
      double sum = 0;
      for (int i = 0; i < SIZE; i++) {
        sum += (i % 7) * weight.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      }
      return sum;
    }
  }
}
