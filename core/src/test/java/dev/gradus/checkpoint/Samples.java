package dev.gradus.checkpoint;

import dev.gradus.safetensors.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** Small checkpoints whose content tells their step. */
final class Samples {
  private Samples() {}

  static Checkpoint of(long step) {
    return of(step, 3);
  }

  static Checkpoint of(long step, int length) {
    var metadata = new LinkedHashMap<String, String>();
    metadata.put("pipeline", "adam | decay(0.01)");
    metadata.put("cursor", "batch " + step);
    var weight = new float[length];
    Arrays.fill(weight, (float) step);
    return new Checkpoint(
        metadata,
        List.of(
            Tensor.of("layer/größe.weight", List.of((long) length), weight),
            Tensor.of("layer/größe.weight/m", List.of(2L), (double) step, 0.5),
            Tensor.of("empty", List.of(0L), new float[0])));
  }

  /** The step that the content of a sample tells. */
  static long stepIn(Checkpoint checkpoint) {
    float[] weight = checkpoint.tensor("layer/größe.weight").floats();
    for (float value : weight) {
      if (value != weight[0]) {
        throw new AssertionError("A mixture of steps " + value + " and " + weight[0]);
      }
    }
    return (long) weight[0];
  }
}
