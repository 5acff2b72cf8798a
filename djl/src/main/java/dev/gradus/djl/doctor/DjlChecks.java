package dev.gradus.djl.doctor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Defects of DJL's own training, each tried out on the DJL that is on the class path. */
final class DjlChecks {
  static final List<Check> ALL =
      List.of(
          new Check("DJL's clipping", DjlChecks::clip),
          new Check("DJL's optimizers", DjlChecks::optimizers),
          new Check("DJL's step count", DjlChecks::replicas),
          new Check("DJL's loop on several devices", UnjoinedDevices::check));

  private static final String REMEDY = "train with dev.gradus.djl.Training, or with its optimizers";

  private DjlChecks() {}

  /** A gradient of (100, −100) clipped to 1 must move the weights by 1 each. */
  private static Finding clip(String check) {
    var sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(1)).optClipGrad(1).build();
    try (var manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray weight = manager.create(new float[] {0, 0});
      sgd.update("weight", weight, manager.create(new float[] {100, -100}));
      float[] moved = weight.toFloatArray();
      var found =
          "gradients 100 and -100 clipped to 1 move weights to %s and %s"
              .formatted(moved[0], moved[1]);
      return moved[0] == -1 && moved[1] == 1
          ? Finding.fine(check, found)
          : Finding.warning(
              check,
              found + ": optClipGrad clips one side only",
              "clip with a stage such as clip-value or clip-norm; " + REMEDY);
    }
  }

  private static Finding optimizers(String check) {
    Map<String, String> failures = new LinkedHashMap<>();
    builders().forEach((name, optimizer) -> tryOut(name, optimizer, failures));
    return failures.isEmpty()
        ? Finding.fine(check, String.join(", ", builders().keySet()) + " work")
        : Finding.warning(
            check,
            failures.entrySet().stream()
                .map(failure -> failure.getKey() + " (" + failure.getValue() + ")")
                .collect(Collectors.joining(", ", "", " do not work")),
            "take the rule of the same name from gradus rules");
  }

  private static Map<String, Supplier<Optimizer>> builders() {
    Tracker rate = Tracker.fixed(0.1f);
    var builders = new LinkedHashMap<String, Supplier<Optimizer>>();
    builders.put("sgd", () -> Optimizer.sgd().setLearningRateTracker(rate).build());
    builders.put(
        "nag", () -> Optimizer.nag().setLearningRateTracker(rate).setMomentum(0.9f).build());
    builders.put("adam", () -> Optimizer.adam().optLearningRateTracker(rate).build());
    builders.put("adamw", () -> Optimizer.adamW().optLearningRateTracker(rate).build());
    builders.put("rmsprop", () -> Optimizer.rmsprop().optLearningRateTracker(rate).build());
    builders.put("adagrad", () -> Optimizer.adagrad().optLearningRateTracker(rate).build());
    builders.put("adadelta", () -> Optimizer.adadelta().build());
    return builders;
  }

  private static void tryOut(
      String name, Supplier<Optimizer> optimizer, Map<String, String> failures) {
    try (var manager = NDManager.newBaseManager(Device.cpu())) {
      optimizer.get().update("weight", manager.ones(shape()), manager.ones(shape()));
    } catch (RuntimeException failure) {
      failures.put(name, failure.getClass().getSimpleName());
    }
  }

  private static Shape shape() {
    return new Shape(2);
  }

  /** Two replicas with the same gradient must stay equal while the rate falls. */
  private static Finding replicas(String check) {
    var rate = Tracker.factor().setBaseValue(1).setFactor(0.5f).build();
    var sgd = Optimizer.sgd().setLearningRateTracker(rate).build();
    try (var manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray first = manager.create(new float[] {0});
      NDArray second = manager.create(new float[] {0});
      sgd.update("weight", first, manager.create(new float[] {1}));
      sgd.update("weight", second, manager.create(new float[] {1}));
      var found =
          "two replicas are at %s and %s after one step with the same gradient"
              .formatted(first.getFloat(), second.getFloat());
      return first.getFloat() == second.getFloat()
          ? Finding.fine(check, found)
          : Finding.warning(check, found + ": each counts as a step of its own", REMEDY);
    }
  }
}
