package dev.gradus.plan;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The choices between values per weight that the host can make before the first pass, so that the
 * branch not taken costs nothing. Each combination of choices is a goal, and a plan, of its own.
 */
public final class Variants {
  private static final int MOST_CONDITIONS = 62;

  private final Goal goal;
  private final List<Expression> conditions;

  /**
   * Finds the choices of a goal.
   *
   * @param goal what is to be computed
   */
  public Variants(Goal goal) {
    this.goal = goal;
    var roots = new ArrayList<>(goal.required());
    roots.addAll(goal.measured().values());
    this.conditions =
        Equations.reachable(roots).stream()
            .filter(Variants::isHostChoice)
            .map(e -> e.operands().getFirst())
            .distinct()
            .limit(MOST_CONDITIONS)
            .toList();
  }

  /**
   * The conditions, to be evaluated before every step.
   *
   * @return scalars made of facts, constants and states
   */
  public List<Expression> conditions() {
    return conditions;
  }

  /**
   * The goal with every choice made.
   *
   * @param choices bit i says that condition i is true
   * @return a goal without those choices
   */
  public Goal choose(long choices) {
    var chosen = new HashMap<Expression, Expression>();
    var gate = goal.gate().map(fold -> (ModelFold) choose(fold, choices, chosen));
    return new Goal(
        chooseAll(goal.next(), choices, chosen),
        chooseAll(goal.measured(), choices, chosen),
        gate,
        goal.format());
  }

  private <K> SequencedMap<K, Expression> chooseAll(
      SequencedMap<K, Expression> values, long choices, Map<Expression, Expression> chosen) {
    var result = new LinkedHashMap<K, Expression>();
    values.forEach((key, value) -> result.put(key, choose(value, choices, chosen)));
    return result;
  }

  private Expression choose(Expression e, long choices, Map<Expression, Expression> chosen) {
    Expression known = chosen.get(e);
    if (known == null) {
      known = isHostChoice(e) ? branch(e, choices, chosen) : rebuild(e, choices, chosen);
      chosen.put(e, known);
    }
    return known;
  }

  private Expression branch(Expression e, long choices, Map<Expression, Expression> chosen) {
    int condition = conditions.indexOf(e.operands().getFirst());
    if (condition < 0) {
      return rebuild(e, choices, chosen);
    }
    boolean holds = (choices >> condition & 1) != 0;
    return choose(e.operands().get(holds ? 1 : 2), choices, chosen);
  }

  private Expression rebuild(Expression e, long choices, Map<Expression, Expression> chosen) {
    return e.operands().isEmpty()
        ? e
        : e.withOperands(e.operands().stream().map(o -> choose(o, choices, chosen)).toList());
  }

  private static boolean isHostChoice(Expression e) {
    return e instanceof Operation o
        && o.operator() == Operator.SELECT
        && o.level() == Level.ELEMENT
        && isKnownBefore(o.operands().getFirst());
  }

  private static boolean isKnownBefore(Expression condition) {
    return condition.level().compareTo(Level.TENSOR) <= 0
        && Equations.reachable(List.of(condition)).stream()
            .noneMatch(e -> e instanceof Fold || e instanceof ModelFold);
  }
}
