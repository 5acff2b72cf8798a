package dev.gradus.djl.array;

import dev.gradus.equation.Combine;
import dev.gradus.equation.ModelFold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The folds over the model in one step, each computed when it is first asked for. */
final class ModelValues {
  private final Map<String, Double> known = new HashMap<>();
  private List<Evaluation> present = List.of();

  /** Says which tensors take part. */
  void over(List<Evaluation> evaluations) {
    present = evaluations;
  }

  /** Computes all folds, while every slot still holds what it held before the step. */
  void computeAll() {
    present.forEach(evaluation -> evaluation.modelFolds().values().forEach(this::value));
  }

  double value(ModelFold fold) {
    Double value = known.get(fold.name());
    if (value == null) {
      value = compute(fold);
      known.put(fold.name(), value);
    }
    return value;
  }

  private double compute(ModelFold fold) {
    Combine combine = fold.combine();
    double result = combine.start();
    for (Evaluation evaluation : present) {
      ModelFold part = evaluation.modelFolds().get(fold.name());
      if (part != null) {
        result = combine.apply(result, evaluation.number(part.operand()));
      }
    }
    return result;
  }
}
