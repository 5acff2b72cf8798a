package dev.gradus.formula;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Level;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses what of some equations gets a name and a line. */
final class Definitions {
  /**
   * A name and what it stands for.
   *
   * @param alias whether the value's own name is another
   */
  record Definition(String name, Expression value, boolean alias) {}

  private static final int LONG = 8;
  private static final int LONG_SCALAR = 3;
  private static final int SHARED = 2;

  private static final Slot STEPS = Slot.of("steps", Level.TENSOR);

  /** What every equation is made of. */
  private static final Map<Expression, String> SYMBOLS =
      Map.of(
          Facts.WEIGHT,
          "w",
          Facts.GRADIENT,
          "g",
          Facts.GRADIENT_SCALE
              .is(1)
              .choose(Facts.GRADIENT, Facts.GRADIENT.times(Facts.GRADIENT_SCALE)),
          "g",
          Facts.LEARNING_RATE,
          "η",
          Facts.SCHEDULE_MULTIPLIER,
          "s",
          STEPS.plus(1),
          "t",
          Facts.SHARED_STEPS,
          "T",
          Facts.COLUMNS,
          "n",
          Facts.SIZE,
          "N");

  private final Map<Expression, String> names = new HashMap<>(SYMBOLS);
  private final List<Definition> lines = new ArrayList<>();
  private final Map<Expression, Set<Expression>> users = new HashMap<>();
  private final LinkedHashSet<Expression> order = new LinkedHashSet<>();
  private final Map<Expression, Integer> operators = new HashMap<>();
  private final Letters letters;

  private Definitions(Equations equations) {
    var ends = new LinkedHashMap<String, Expression>();
    equations.states().forEach((state, value) -> ends.put(state.name() + "′", value));
    ends.remove(STEPS.name() + "′");
    ends.put("w′", equations.weight());
    letters = new Letters(equations);
    ends.forEach((name, value) -> nameEnd(name, value));
    ends.values().forEach(this::follow);
    nameDirection(equations.weight());
    nameMeasures(equations);
    order.forEach(this::define);
    ends.forEach(
        (name, value) -> {
          if (!name.equals(names.get(value))) {
            lines.add(new Definition(name, value, true));
          }
        });
  }

  static Definitions of(Equations equations) {
    return new Definitions(equations);
  }

  Map<Expression, String> names() {
    return names;
  }

  List<Definition> lines() {
    return lines;
  }

  private void nameEnd(String name, Expression value) {
    if (!isLeaf(value)) {
      names.putIfAbsent(value, name);
    }
  }

  private static boolean isLeaf(Expression e) {
    return e instanceof Slot || e instanceof Fact || e instanceof Constant;
  }

  /** Operands before what is made of them. */
  private void follow(Expression e) {
    if (SYMBOLS.containsKey(e) || isLeaf(e) || order.contains(e)) {
      return;
    }
    for (Expression part : Writer.parts(e)) {
      users.computeIfAbsent(part, _ -> new HashSet<>()).add(e);
      follow(part);
    }
    order.add(e);
  }

  /** The step that the learning rate multiplies is u, as in the documentation of rules. */
  private void nameDirection(Expression weight) {
    if (weight instanceof Operation minus
        && minus.operator() == Operator.SUBTRACT
        && minus.operands().getFirst() == Facts.WEIGHT
        && minus.operands().getLast() instanceof Operation product
        && product.operator() == Operator.MULTIPLY
        && product.operands().getFirst().level() == Level.ELEMENT
        && !isLeaf(product.operands().getFirst())) {
      names.putIfAbsent(product.operands().getFirst(), "u");
    }
  }

  private void nameMeasures(Equations equations) {
    equations
        .measured()
        .forEach(
            (name, value) -> {
              if (order.contains(value) && Folded.underRoot(value).isEmpty()) {
                names.putIfAbsent(value, name);
              }
            });
  }

  private void define(Expression e) {
    int count = 1 + Writer.parts(e).stream().mapToInt(this::shownOperators).sum();
    operators.put(e, count);
    if (!names.containsKey(e) && deservesName(e, count)) {
      names.put(e, letters.next(e.level()));
    }
    String name = names.get(e);
    if (name != null) {
      lines.add(new Definition(name, e, false));
    }
  }

  private static boolean isChoice(Expression e) {
    return e instanceof Operation o && o.operator() == Operator.SELECT;
  }

  private int shownOperators(Expression part) {
    return names.containsKey(part) ? 0 : operators.getOrDefault(part, 0);
  }

  private boolean deservesName(Expression e, int count) {
    Set<Expression> by = users.getOrDefault(e, Set.of());
    if (count >= LONG || (by.size() >= SHARED && count >= SHARED)) {
      return true;
    }
    if (isChoice(e) && by.stream().anyMatch(user -> !isChoice(user))) {
      return true;
    }
    return e.level().isScalar()
        && count >= LONG_SCALAR
        && by.stream().anyMatch(user -> !user.level().isScalar());
  }
}
