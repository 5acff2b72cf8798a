package dev.gradus.spark;

import dev.gradus.checkpoint.StoredCheckpoint;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run has come to. */
final class LastCheckpoint {
  private static final int STEPS = 40;

  private LastCheckpoint() {}

  /** What a run of {@link TinyTraining} has come to. */
  static Map<String, List<Float>> of(Path folder) throws IOException {
    return of(folder, STEPS);
  }

  /** Every tensor of every worker after a step, by the worker's folder and its own name. */
  static Map<String, List<Float>> of(Path folder, int step) throws IOException {
    var name = "step-%09d.safetensors".formatted(step);
    try (var arena = Arena.ofConfined();
        var files = Files.walk(folder)) {
      var tensors = new TreeMap<String, List<Float>>();
      for (Path file : files.filter(each -> each.endsWith(name)).toList()) {
        var worker = folder.relativize(file).toString();
        StoredCheckpoint.read(file, arena)
            .checkpoint()
            .tensors()
            .forEach(
                (tensorName, tensor) -> tensors.put(worker + " " + tensorName, floats(tensor)));
      }
      return tensors;
    }
  }

  private static List<Float> floats(Tensor tensor) {
    var values = new ArrayList<Float>();
    for (float value : tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED)) {
      values.add(value);
    }
    return values;
  }
}
