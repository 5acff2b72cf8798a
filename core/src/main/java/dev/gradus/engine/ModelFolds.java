package dev.gradus.engine;

import dev.gradus.UserException;
import dev.gradus.equation.Combine;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Waves;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The folds over the model of one engine, by depth, and their values in the current step. */
final class ModelFolds {
  private final Map<String, double[]> values = new HashMap<>();
  private final TreeMap<Integer, List<String>> byDepth = new TreeMap<>();
  private final Map<String, Combine> combines = new HashMap<>();

  ModelFolds(Collection<Goal> goals, Waves waves) {
    for (Goal goal : goals) {
      goal.modelFolds().forEach((name, fold) -> combine(name, fold.combine()));
    }
    for (String name : combines.keySet().stream().sorted().toList()) {
      values.put(name, new double[1]);
      byDepth.computeIfAbsent(waves.of(name), depth -> new ArrayList<>()).add(name);
    }
  }

  private void combine(String name, Combine combine) {
    if (combines.getOrDefault(name, combine) != combine) {
      throw new UserException(
          "Two groups fold over the model under the name '"
              + name
              + "', one as a sum and one as a maximum; give one of them a label, as in '"
              + name
              + "(…) as second'.");
    }
    combines.put(name, combine);
  }

  int[] depths() {
    return byDepth.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  double value(String name) {
    return slot(name)[0];
  }

  /** Folds the parts of all present tensors, in the tensors' order. */
  void fold(int depth, List<TensorRun> present) {
    for (String name : byDepth.getOrDefault(depth, List.of())) {
      Combine combine = combines.getOrDefault(name, Combine.SUM);
      double result = combine.start();
      for (int i = 0; i < present.size(); i++) {
        if (present.get(i).carries(name)) {
          result = combine.apply(result, present.get(i).modelPart(name, depth));
        }
      }
      slot(name)[0] = result;
    }
  }

  private double[] slot(String name) {
    double[] slot = values.get(name);
    if (slot == null) {
      throw new IllegalStateException("No tensor folds over the model under the name " + name);
    }
    return slot;
  }
}
