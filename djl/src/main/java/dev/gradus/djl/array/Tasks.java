package dev.gradus.djl.array;

import dev.gradus.engine.Gate;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.ModelFold;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Variants;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tasks of tensors with the same equations: one for every outcome of the host's choices. */
final class Tasks {
  private final Variants variants;
  private final Map<Long, Task> known = new HashMap<>();

  private Tasks(Goal goal) {
    variants = new Variants(goal);
  }

  static Tasks of(Equations equations, boolean measured, boolean checkFinite) {
    var gate = checkFinite ? Optional.of(Gate.SUM_OF_SQUARES) : Optional.<ModelFold>empty();
    var report = measured ? equations.measured() : new LinkedHashMap<String, Expression>();
    return new Tasks(new Goal(equations.next(), report, gate));
  }

  /**
   * The task of a step.
   *
   * @param value gives the conditions' values
   */
  Task choose(ToDoubleFunction<Expression> value) {
    long choices = 0;
    for (int i = 0; i < variants.conditions().size(); i++) {
      choices |= value.applyAsDouble(variants.conditions().get(i)) != 0 ? 1L << i : 0;
    }
    return known.computeIfAbsent(choices, chosen -> Task.of(variants.choose(chosen)));
  }
}
