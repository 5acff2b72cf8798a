package dev.gradus.djl.admm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import ai.djl.ndarray.NDArray;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Factors that no example has used for many steps. Each begins anew as the activations of the
 * example that the others stand for worst. Steps count by their learning rates: at the end of a
 * schedule there would be no time to learn what a new factor means.
 */
final class IdleFactors {
  /** After so many steps without use, all at the whole learning rate, a factor begins anew. */
  static final int PATIENCE = 100;

  private static final long ALIGNMENT = 64;

  private final String layer;
  private final int rank;
  private final MemorySegment steps;
  private final List<String> remarks = new ArrayList<>();

  /** None yet of the factors of a layer. */
  IdleFactors(String layer, int rank) {
    this.layer = layer;
    this.rank = rank;
    steps = Arena.ofAuto().allocate((long) rank * Float.BYTES, ALIGNMENT);
  }

  /**
   * Counts a step, and replaces rows that have been idle for too long.
   *
   * @param multiplier what the schedule makes of the learning rate
   */
  void replace(NDArray rows, NDArray scores, NDArray outputs, double multiplier) {
    float[] largest = scores.max(new int[] {0}).toFloatArray();
    for (int factor = 0; factor < rank; factor++) {
      double idle = steps.getAtIndex(JAVA_FLOAT, factor) + multiplier;
      steps.setAtIndex(JAVA_FLOAT, factor, largest[factor] > 0 ? 0 : (float) idle);
    }
    var tired = IntStream.range(0, rank).filter(this::isTired).boxed().toList();
    if (!tired.isEmpty()) {
      begin(tired, rows, scores, outputs);
    }
  }

  private boolean isTired(int factor) {
    return steps.getAtIndex(JAVA_FLOAT, factor) >= PATIENCE;
  }

  private void begin(List<Integer> tired, NDArray rows, NDArray scores, NDArray outputs) {
    var worst = worst(scores.matMul(rows).sub(outputs).square().sum(new int[] {1}));
    var all = Rows.of(rows);
    var examples = Rows.of(outputs);
    for (int i = 0; i < Math.min(tired.size(), worst.size()); i++) {
      all.row(tired.get(i), DictionaryStart.unit(examples.row(worst.get(i))));
      steps.setAtIndex(JAVA_FLOAT, tired.get(i), 0);
    }
    all.array().copyTo(rows);
    remarks.add(
        "Of the %d factors of layer %s %d stood for nothing for as long as %d steps at the whole learning rate and begin anew."
            .formatted(rank, layer, tired.size(), PATIENCE));
  }

  private static List<Integer> worst(NDArray errors) {
    float[] each = errors.toFloatArray();
    return IntStream.range(0, each.length)
        .boxed()
        .sorted(Comparator.comparingDouble(example -> -each[example]))
        .toList();
  }

  List<String> remarks() {
    var taken = List.copyOf(remarks);
    remarks.clear();
    return taken;
  }

  Tensor state() {
    return new Tensor("method/idle-" + layer, Dtype.F32, List.of((long) rank), steps);
  }

  void restore(Map<String, Tensor> saved) {
    steps.copyFrom(Saved.of(state(), saved).data());
  }
}
