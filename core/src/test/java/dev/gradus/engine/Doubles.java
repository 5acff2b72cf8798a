package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Drawn weights and gradients on the heap, in double. */
final class Doubles implements Tensors {
  private final List<MemorySegment> weights = new ArrayList<>();
  private final List<MemorySegment> gradients = new ArrayList<>();

  Doubles(List<TensorEquations> tensors, Random random) {
    for (TensorEquations tensor : tensors) {
      int size = (int) tensor.shape().size();
      weights.add(MemorySegment.ofArray(random.doubles(size, -1, 1).toArray()));
      gradients.add(MemorySegment.ofArray(new double[size]));
    }
  }

  /** Draws gradients that single precision holds exactly. */
  void drawGradients(Random random) {
    for (MemorySegment gradient : gradients) {
      for (long i = 0; i < gradient.byteSize() / Double.BYTES; i++) {
        gradient.setAtIndex(JAVA_DOUBLE, i, (float) (2 * random.nextDouble() - 1));
      }
    }
  }

  double[] weights(int i) {
    return weights.get(i).toArray(JAVA_DOUBLE);
  }

  double[] gradients(int i) {
    return gradients.get(i).toArray(JAVA_DOUBLE);
  }

  @Override
  public MemorySegment weight(int index) {
    return weights.get(index);
  }

  @Override
  public @Nullable MemorySegment gradient(int index) {
    return gradients.get(index);
  }
}
