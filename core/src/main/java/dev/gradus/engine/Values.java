package dev.gradus.engine;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Constant;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Format;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Slot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of expressions for one tensor in one step, each computed once, all in double. */
final class Values {
  private final int index;
  private final TensorEquations tensor;
  private final Map<Slot, double[]> slots;
  private final StepFacts facts;
  private final List<Values> present;
  private final Map<Expression, double[]> known = new HashMap<>();

  Values(
      int index,
      TensorEquations tensor,
      Map<Slot, double[]> slots,
      StepFacts facts,
      List<Values> present) {
    this.index = index;
    this.tensor = tensor;
    this.slots = slots;
    this.facts = facts;
    this.present = present;
  }

  int index() {
    return index;
  }

  Equations equations() {
    return tensor.equations();
  }

  void replace(Slot slot, double[] values) {
    slots.put(slot, values);
  }

  /** As many numbers as the expression's level has. */
  double[] of(Expression e) {
    double[] value = known.get(e);
    if (value == null) {
      value = compute(e);
      known.put(e, value);
    }
    return value;
  }

  /** The value broadcast to a level. */
  double[] full(Expression e, Level level) {
    double[] value = of(e);
    double[] result = new double[count(level)];
    Arrays.setAll(result, i -> value[position(i, level, e.level())]);
    return result;
  }

  /** What a slot will hold: rounded if it is a weight of 16 bits. */
  double[] next(Slot slot, Expression e) {
    double[] value = full(e, slot.level());
    if (slot == Facts.WEIGHT && tensor.format() == Format.BFLOAT16) {
      float key = (float) tensor.fact(Facts.ROUNDING_KEY, index, facts);
      Arrays.setAll(
          value,
          i -> Rounding.widened(Rounding.upperHalf(Rounding.round((float) value[i], key, i))));
    }
    return value;
  }

  private double[] compute(Expression e) {
    return switch (e) {
      case Constant c -> new double[] {c.value()};
      case Fact f -> new double[] {tensor.fact(f, index, facts)};
      case Slot s -> slot(s);
      case Operation o -> operation(o);
      case Fold f -> fold(f);
      case ModelFold f -> new double[] {modelFold(f)};
    };
  }

  private double[] slot(Slot slot) {
    double[] value = slots.get(slot);
    if (value == null) {
      throw new IllegalStateException("Nothing is known of " + slot);
    }
    return value;
  }

  private double[] operation(Operation o) {
    List<Expression> x = o.operands();
    Expression a = x.getFirst();
    Expression b = x.get(Math.min(1, x.size() - 1));
    Expression c = x.getLast();
    double[] result = new double[count(o.level())];
    for (int i = 0; i < result.length; i++) {
      result[i] = o.operator().apply(at(a, i, o.level()), at(b, i, o.level()), at(c, i, o.level()));
    }
    return result;
  }

  private double at(Expression e, int position, Level level) {
    return of(e)[position(position, level, e.level())];
  }

  private double[] fold(Fold f) {
    double[] from = of(f.operand());
    double[] result = new double[count(f.level())];
    Arrays.fill(result, f.combine().start());
    for (int i = 0; i < from.length; i++) {
      int to = position(i, f.operand().level(), f.level());
      result[to] = f.combine().apply(result[to], from[i]);
    }
    return result;
  }

  private double modelFold(ModelFold fold) {
    Combine combine = fold.combine();
    double result = combine.start();
    for (Values other : present) {
      ModelFold part = other.equations().modelFolds().get(fold.name());
      if (part != null) {
        result = combine.apply(result, other.of(part.operand())[0]);
      }
    }
    return result;
  }

  private int count(Level level) {
    return Math.toIntExact(tensor.shape().count(level));
  }

  private int position(int position, Level level, Level coarser) {
    return switch (coarser) {
      case ELEMENT -> position;
      case ROW ->
          level == Level.ELEMENT ? Math.toIntExact(position / tensor.shape().columns()) : position;
      case TENSOR, MODEL, STEP -> 0;
    };
  }
}
