package dev.gradus.djl.array;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Slot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of expressions for one tensor in one step, each computed once. */
final class Evaluation implements AutoCloseable {
  private final ArrayTensor tensor;
  private final StepContext context;
  private final Task task;
  private final ElementValues elements;
  private final Map<Expression, double[]> numbers = new HashMap<>();

  Evaluation(ArrayTensor tensor, StepContext context, Task task) {
    this.tensor = tensor;
    this.context = context;
    this.task = task;
    elements = new ElementValues(tensor, task, context, this::numbers);
  }

  /** The evaluation of a step, after the choices that the host can make. */
  static Evaluation of(ArrayTensor tensor, StepContext context, Tasks tasks) {
    var scalars = new Evaluation(tensor, context, Task.NOTHING);
    return new Evaluation(tensor, context, tasks.choose(scalars::number));
  }

  int index() {
    return tensor.index();
  }

  Map<String, ModelFold> modelFolds() {
    return task.modelFolds();
  }

  /** Whether the gate of the task, if it has one, lets this tensor's gradient pass. */
  boolean isFinite() {
    return task.gate().stream().allMatch(gate -> Double.isFinite(number(gate.operand())));
  }

  double number(Expression e) {
    return numbers(e)[0];
  }

  /** One number, or one for every row. */
  private double[] numbers(Expression e) {
    double[] known = numbers.get(e);
    if (known == null) {
      known = compute(e);
      numbers.put(e, known);
    }
    return known;
  }

  private double[] compute(Expression e) {
    return switch (e) {
      case Constant c -> new double[] {c.value()};
      case Fact f -> new double[] {tensor.fact(f, context.facts())};
      case Slot s -> tensor.numbers(s);
      case ModelFold f -> new double[] {context.model().value(f)};
      case Fold f ->
          f.readsElements() ? elements.fold(f) : Numbers.combine(f.combine(), spread(f.operand()));
      case Operation o -> operation(o);
    };
  }

  private double[] operation(Operation o) {
    List<Expression> x = o.operands();
    return Numbers.apply(
        o.operator(),
        numbers(x.getFirst()),
        numbers(x.get(Math.min(1, x.size() - 1))),
        numbers(x.getLast()));
  }

  /** As many numbers as the level of an expression has. */
  private double[] spread(Expression e) {
    double[] values = numbers(e);
    return e.level() == Level.ROW && values.length == 1
        ? Numbers.repeated(values[0], tensor.rows())
        : values;
  }

  Map<String, Double> measured() {
    var measured = new LinkedHashMap<String, Double>();
    task.measured().forEach((name, value) -> measured.put(name, number(value)));
    return measured;
  }

  /** Replaces what the slots hold by their next values. */
  void store() {
    task.next().values().stream().filter(e -> e.level() != Level.ELEMENT).forEach(this::numbers);
    elements.store();
    task.next().forEach(this::storeNumbers);
  }

  private void storeNumbers(Slot slot, Expression value) {
    if (slot.level() != Level.ELEMENT) {
      tensor.store(slot, numbers(value));
    }
  }

  /** Frees what a step that was not taken leaves behind. */
  @Override
  public void close() {
    elements.close();
  }
}
