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

/** What a run of {@link TinyTraining} has come to. */
final class LastCheckpoint {
  private static final String NAME = "step-000000040.safetensors";

  private LastCheckpoint() {}

  /** Every tensor of every worker, by the worker's folder and its own name. */
  static Map<String, List<Float>> of(Path folder) throws IOException {
    try (var arena = Arena.ofConfined();
        var files = Files.walk(folder)) {
      var tensors = new TreeMap<String, List<Float>>();
      for (Path file : files.filter(each -> each.endsWith(NAME)).toList()) {
        var worker = folder.relativize(file).toString();
        StoredCheckpoint.read(file, arena)
            .checkpoint()
            .tensors()
            .forEach((name, tensor) -> tensors.put(worker + " " + name, floats(tensor)));
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
