package dev.gradus.djl.doctor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Checks of the native libraries. */
final class NativeChecks {
  private static final String BUNDLED = "native/lib/pytorch.properties";

  static final List<Check> ALL =
      List.of(
          new Check("native libraries", NativeChecks::bundled),
          new Check("engine", NativeChecks::engine),
          new Check("threads", NativeChecks::threads));

  private NativeChecks() {}

  private static Finding bundled(String check) {
    boolean onClassPath = NativeChecks.class.getClassLoader().getResource(BUNDLED) != null;
    if (onClassPath) {
      return Finding.fine(check, "PyTorch's are on the class path");
    }
    return Boolean.getBoolean("ai.djl.offline")
        ? Finding.fault(
            check,
            "PyTorch's are not on the class path, and ai.djl.offline forbids a download",
            "add ai.djl.pytorch:pytorch-native-cpu with the classifier of this system")
        : Finding.warning(
            check,
            "PyTorch's are not on the class path, so DJL downloads them at run time",
            "add ai.djl.pytorch:pytorch-native-cpu with the classifier of this system, and start"
                + " java with -Dai.djl.offline=true");
  }

  private static Finding engine(String check) {
    try (var manager = NDManager.newBaseManager()) {
      float sum = manager.create(new float[] {1, 2}).sum().getFloat();
      var engine = Engine.getInstance();
      var found =
          "%s %s through DJL %s computes 1 + 2 = %.0f on %s"
              .formatted(
                  engine.getEngineName(),
                  engine.getVersion(),
                  Engine.getDjlVersion(),
                  sum,
                  manager.getDevice());
      return engine.getEngineName().equals("PyTorch")
          ? Finding.fine(check, found)
          : Finding.fault(check, found, "put ai.djl.pytorch:pytorch-engine on the class path");
    }
  }

  /** More threads than cores wait for each other. */
  private static Finding threads(String check) {
    int cores = Runtime.getRuntime().availableProcessors();
    var chosen = System.getenv("OMP_NUM_THREADS");
    var found =
        "%d cores, OMP_NUM_THREADS %s".formatted(cores, chosen == null ? "not set" : chosen);
    return chosen == null || !chosen.matches("\\d{1,9}") || Integer.parseInt(chosen) <= cores
        ? Finding.fine(check, found)
        : Finding.warning(
            check, found + ": threads wait for each other", "set it to " + cores + " or less");
  }
}
