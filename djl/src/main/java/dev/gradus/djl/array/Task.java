package dev.gradus.djl.array;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Goal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a step computes for tensors with the same equations.
 *
 * @param next the slots that change, and their next value
 * @param measured scalars wanted for a report
 * @param gate what must be finite
 * @param modelFolds the folds over the model that the tensors take part in
 * @param uses how often each value per weight is needed
 */
record Task(
    SequencedMap<Slot, Expression> next,
    SequencedMap<String, Expression> measured,
    Optional<ModelFold> gate,
    Map<String, ModelFold> modelFolds,
    Map<Expression, Integer> uses) {
  /** For values of which nothing is kept. */
  static final Task NOTHING =
      new Task(new LinkedHashMap<>(), new LinkedHashMap<>(), Optional.empty(), Map.of(), Map.of());

  static Task of(Goal goal) {
    var next = new LinkedHashMap<Slot, Expression>();
    goal.next().forEach((slot, value) -> addIfChanged(next, slot, value));
    var roots = new ArrayList<Expression>(next.values());
    roots.addAll(goal.measured().values());
    goal.gate().ifPresent(roots::add);
    return new Task(next, goal.measured(), goal.gate(), modelFolds(roots), uses(roots));
  }

  private static void addIfChanged(Map<Slot, Expression> next, Slot slot, Expression value) {
    if (slot != value) {
      next.put(slot, value);
    }
  }

  private static Map<String, ModelFold> modelFolds(Iterable<Expression> roots) {
    var folds = new HashMap<String, ModelFold>();
    for (Expression e : Equations.reachable(roots)) {
      if (e instanceof ModelFold fold) {
        folds.put(fold.name(), fold);
      }
    }
    return folds;
  }

  private static Map<Expression, Integer> uses(Iterable<Expression> roots) {
    var uses = new HashMap<Expression, Integer>();
    roots.forEach(root -> use(root, uses));
    for (Expression e : Equations.reachable(roots)) {
      e.operands().forEach(operand -> use(operand, uses));
    }
    return uses;
  }

  private static void use(Expression e, Map<Expression, Integer> uses) {
    if (e.level() == Level.ELEMENT) {
      uses.merge(e, 1, Integer::sum);
    }
  }
}
