package dev.gradus.djl.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gradus.equation.Combine;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Level;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values per weight of one tensor in one step. Each leaves the memory with its last use. */
final class ElementValues implements AutoCloseable {
  private final ArrayTensor tensor;
  private final Task task;
  private final StepContext context;
  private final Coarse numbers;
  private final Map<Expression, Integer> left;
  private final Map<Expression, Value> values = new HashMap<>();
  private final Map<Expression, NDArray> columns = new HashMap<>();

  /** The values of coarser levels: one number, or one for every row. */
  interface Coarse {
    double[] of(Expression e);
  }

  ElementValues(ArrayTensor tensor, Task task, StepContext context, Coarse numbers) {
    this.tensor = tensor;
    this.task = task;
    this.context = context;
    this.numbers = numbers;
    left = new HashMap<>(task.uses());
  }

  /**
   * What an operation reads.
   *
   * @param last the value per weight whose last use this is
   */
  private record Operand(NDArray array, @Nullable Value last) {
    boolean mayBeOverwritten() {
      return last != null && last.mayBeOverwritten();
    }

    boolean isReplacedSlot() {
      return last != null && last.mayBeOverwritten() && !last.isTemporary();
    }

    void free(Value result) {
      if (last != null && last != result) {
        last.free();
      }
    }
  }

  /** The value of an expression per weight; it stays known until its last use. */
  Value value(Expression e) {
    Value known = values.get(e);
    if (known == null) {
      known = e instanceof Slot s ? slot(s) : compute((Operation) e);
      values.put(e, known);
    }
    return known;
  }

  private Value slot(Slot slot) {
    var memory = task.next().containsKey(slot) ? Value.Memory.REPLACED : Value.Memory.KEPT;
    return new Value(tensor.array(slot), memory);
  }

  /** Computes an operand. No cell may be held before all operands are computed. */
  private void prepare(Expression e) {
    if (e.level() == Level.ELEMENT) {
      value(e);
    } else {
      numbers.of(e);
    }
  }

  private Operand use(Expression e, int place) {
    return switch (e.level()) {
      case ELEMENT -> useElements(e);
      case ROW -> new Operand(column(e), null);
      case TENSOR, MODEL, STEP -> number(numbers.of(e)[0], place);
    };
  }

  private Operand useElements(Expression e) {
    Value value = value(e);
    if (left.merge(e, -1, Integer::sum) > 0) {
      return new Operand(value.array(), null);
    }
    values.remove(e);
    return new Operand(value.array(), value);
  }

  private Operand number(double number, int place) {
    return new Operand(context.cells().hold(place, number), null);
  }

  private NDArray column(Expression e) {
    NDArray known = columns.get(e);
    if (known == null) {
      double[] perRow = numbers.of(e);
      double[] all = perRow.length == 1 ? Numbers.repeated(perRow[0], tensor.rows()) : perRow;
      try (NDArray wide = context.manager().create(all, new Shape(all.length, 1))) {
        known = wide.toType(context.type(), true);
      }
      columns.put(e, known);
    }
    return known;
  }

  private Value compute(Operation o) {
    return switch (o.operator()) {
      case MULTIPLY -> Scaling.of(o) == null ? binary(o) : scaled(o);
      case SELECT -> select(o);
      case EXP2 -> apply(o.operator(), use(o.operands().getFirst(), 0), number(2, 1));
      default -> o.operator().arity() == 1 ? unary(o) : binary(o);
    };
  }

  private Value unary(Operation o) {
    Operand operand = use(o.operands().getFirst(), 0);
    return apply(o.operator(), operand, operand);
  }

  private Value binary(Operation o) {
    o.operands().forEach(this::prepare);
    return apply(o.operator(), use(o.operands().getFirst(), 0), use(o.operands().getLast(), 1));
  }

  private Value apply(Operator operator, Operand a, Operand b) {
    Value result = place(operator, a, b);
    if (result == null) {
      result = Value.temporary(Operations.apply(operator, a.array(), b.array(), context.type()));
    }
    a.free(result);
    b.free(result);
    return result;
  }

  /** Computes where an operand lies that nobody needs any more; null if there is none. */
  private static @Nullable Value place(Operator operator, Operand a, Operand b) {
    boolean commutes = Operations.commutes(operator);
    if (!Operations.worksInPlace(operator)) {
      return null;
    }
    if (commutes && b.mayBeOverwritten() && !a.isReplacedSlot()) {
      Operations.inPlace(operator, b.array(), a.array());
      return b.last();
    }
    if (a.mayBeOverwritten()) {
      Operations.inPlace(operator, a.array(), b.array());
      return a.last();
    }
    return null;
  }

  /** A product with a number, and with the numbers that its first factor is multiplied by. */
  private Value scaled(Operation o) {
    double factor = 1;
    Expression value = o;
    for (Scaling next = Scaling.of(o); next != null; next = onlyUsedHere(value)) {
      double more = factor * numbers.of(next.factor())[0];
      if (value != o && !isUsual(more)) {
        break;
      }
      if (value != o) {
        left.put(value, 0);
      }
      factor = more;
      value = next.value();
    }
    value(value);
    return apply(Operator.MULTIPLY, useElements(value), number(factor, 1));
  }

  private @Nullable Scaling onlyUsedHere(Expression e) {
    return !values.containsKey(e) && left.getOrDefault(e, 0) == 1 ? Scaling.of(e) : null;
  }

  /** Neither too large nor too small for single precision. */
  private static boolean isUsual(double factor) {
    return Math.abs(factor) >= Float.MIN_NORMAL && Math.abs(factor) <= Float.MAX_VALUE;
  }

  private Value select(Operation o) {
    List<Expression> x = o.operands();
    if (x.getFirst().level().compareTo(Level.TENSOR) <= 0) {
      return copyOrTake(x.get(numbers.of(x.getFirst())[0] != 0 ? 1 : 2));
    }
    x.subList(1, x.size()).forEach(this::prepare);
    try (NDArray truth = truth(x.getFirst())) {
      Operand whenTrue = use(x.get(1), 1);
      Operand otherwise = use(x.get(2), 2);
      var result = Value.temporary(Operations.select(truth, whenTrue.array(), otherwise.array()));
      whenTrue.free(result);
      otherwise.free(result);
      return result;
    }
  }

  private Value copyOrTake(Expression e) {
    prepare(e);
    Operand chosen = use(e, 0);
    if (chosen.last() != null) {
      return chosen.last();
    }
    return Value.temporary(full(chosen.array()));
  }

  private NDArray full(NDArray array) {
    try (NDArray zeros = context.manager().zeros(tensor.matrix(), context.type())) {
      return zeros.add(array);
    }
  }

  /** Where a condition is not 0, as truth values for every weight. */
  private NDArray truth(Expression condition) {
    prepare(condition);
    Operand operand = use(condition, 0);
    try (NDArray whole = full(operand.array())) {
      return whole.neq(context.cells().hold(1, 0));
    } finally {
      if (operand.last() != null) {
        operand.last().free();
      }
    }
  }

  /** Folds values per weight on the device and brings the result to the host. */
  double[] fold(Fold fold) {
    boolean byRow = fold.level() == Level.ROW;
    Expression squared = squared(fold);
    if (squared == null) {
      value(fold.operand());
      return folded(fold.operand(), array -> Reductions.fold(fold.combine(), array, byRow));
    }
    double[] sums = Reductions.sumOfSquares(value(squared).array(), byRow);
    if (left.merge(fold.operand(), -1, Integer::sum) == 0) {
      useElements(squared);
      folded(squared, _ -> sums);
    }
    return sums;
  }

  private double[] folded(Expression e, Function<NDArray, double[]> how) {
    Operand operand = useElements(e);
    try {
      return how.apply(operand.array());
    } finally {
      if (operand.last() != null) {
        operand.last().free();
      }
    }
  }

  /** What is squared and summed, if the squares are not known yet; null for other folds. */
  private @Nullable Expression squared(Fold fold) {
    return fold.combine() == Combine.SUM && !values.containsKey(fold.operand())
        ? fold.operand().factorOfSquare().orElse(null)
        : null;
  }

  /** Replaces what the slots hold by their next values. */
  void store() {
    List<Slot> slots = task.next().keySet().stream().filter(ElementValues::isPerWeight).toList();
    slots.forEach(slot -> prepare(next(slot)));
    List<NDArray> results = slots.stream().map(this::result).toList();
    for (int i = 0; i < results.size(); i++) {
      NDArray to = tensor.array(slots.get(i));
      if (!Bound.isSame(to, results.get(i))) {
        Bound.write(to, results.get(i));
        results.get(i).close();
      }
    }
  }

  private static boolean isPerWeight(Expression e) {
    return e.level() == Level.ELEMENT;
  }

  private Expression next(Slot slot) {
    return task.next().getOrDefault(slot, slot);
  }

  /** A slot's next value where the slot lies, or else in memory of its own. */
  private NDArray result(Slot slot) {
    Expression next = next(slot);
    if (!isPerWeight(next)) {
      return full(use(next, 0).array());
    }
    NDArray array = value(next).array();
    return Bound.isSame(array, tensor.array(slot)) ? array : array.duplicate();
  }

  @Override
  public void close() {
    values.values().forEach(Value::free);
    values.clear();
    columns.values().forEach(NDArray::close);
    columns.clear();
  }
}
