package dev.gradus.engine;

import static java.util.Objects.requireNonNull;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Format;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Slot;
import dev.gradus.equation.State;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Pass;
import dev.gradus.plan.Plan;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Residence;
import dev.gradus.plan.Store;
import dev.gradus.plan.Variants;
import dev.gradus.plan.Waves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries plans out in double, element by element and in place: what the planner promises. A slot
 * of 16 bits holds not-a-number from its store to the end of the step, so that it can't be read
 * back.
 */
final class InPlaceInterpreter {
  static final class OneTensor {
    final TensorEquations tensor;
    final Map<Slot, double[]> memory = new HashMap<>();
    private final Map<Slot, double[]> hidden = new HashMap<>();
    private final Variants variants;
    private Goal goal;
    private @Nullable Plan plan;
    private Map<Fold, double[]> folded = new HashMap<>();
    private Map<Expression, double[]> scalars = new HashMap<>();

    OneTensor(TensorEquations tensor, Goal goal) {
      this.tensor = tensor;
      this.goal = goal;
      this.variants = new Variants(goal);
    }

    double[] memory(Slot slot) {
      return requireNonNull(memory.get(slot));
    }

    int passes() {
      return plan().passes().size();
    }

    boolean usesScratch() {
      return plan().usesScratch();
    }

    private Plan plan() {
      return requireNonNull(plan);
    }
  }

  private final List<OneTensor> tensors = new ArrayList<>();
  private final Waves waves;
  private final Residence residence;
  private final Map<Goal, Plan> plans = new HashMap<>();
  private StepFacts facts = (fact, tensor) -> Double.NaN;

  InPlaceInterpreter(List<TensorEquations> equations, Residence residence) {
    this.residence = residence;
    var goals = new ArrayList<Goal>();
    for (TensorEquations tensor : equations) {
      var goal =
          new Goal(
              tensor.equations().next(), new LinkedHashMap<>(), Optional.empty(), tensor.format());
      goals.add(goal);
      tensors.add(new OneTensor(tensor, goal));
    }
    waves = new Waves(goals);
  }

  List<OneTensor> tensors() {
    return tensors;
  }

  void start() {
    for (OneTensor t : tensors) {
      t.memory.put(Plan.SCRATCH, new double[(int) t.tensor.shape().size()]);
      for (State state : t.tensor.equations().states().keySet()) {
        double[] values = new double[(int) t.tensor.shape().count(state.level())];
        for (int i = 0; i < values.length; i++) {
          values[i] = element(t, state.initial(), i, Map.of(), new HashMap<>());
        }
        t.memory.put(state.old(), values);
      }
    }
  }

  void step(StepFacts known) {
    facts = known;
    int passes = 0;
    for (OneTensor t : tensors) {
      t.folded = new HashMap<>();
      t.scalars = new HashMap<>();
      t.goal = t.variants.choose(choices(t));
      t.plan = plans.computeIfAbsent(t.goal, goal -> Planner.plan(goal, waves, residence));
      passes = Math.max(passes, t.passes());
    }
    for (int p = 0; p < passes; p++) {
      for (OneTensor t : tensors) {
        if (p < t.passes()) {
          run(t, t.plan().passes().get(p));
        }
      }
    }
    for (OneTensor t : tensors) {
      var next = new HashMap<Slot, double[]>();
      t.plan().scalarNext().forEach((slot, value) -> next.put(slot, scalar(t, value).clone()));
      t.memory.putAll(next);
      t.hidden.forEach((slot, values) -> t.memory.put(slot, values.clone()));
    }
  }

  private long choices(OneTensor t) {
    long choices = 0;
    for (int i = 0; i < t.variants.conditions().size(); i++) {
      choices |= scalar(t, t.variants.conditions().get(i))[0] != 0 ? 1L << i : 0;
    }
    t.scalars.clear();
    return choices;
  }

  private void run(OneTensor t, Pass pass) {
    var results = new LinkedHashMap<Fold, double[]>();
    for (Fold fold : pass.folds()) {
      double[] rows = new double[(int) t.tensor.shape().rows()];
      Arrays.fill(rows, fold.combine().start());
      results.put(fold, rows);
    }
    int columns = (int) t.tensor.shape().columns();
    for (int i = 0; i < t.tensor.shape().size(); i++) {
      int at = i;
      var known = new HashMap<Expression, Double>();
      results.forEach(
          (fold, rows) -> {
            double value = element(t, fold.operand(), at, pass.held(), known);
            rows[at / columns] = fold.combine().apply(rows[at / columns], value);
          });
      var written = new LinkedHashMap<Store, Double>();
      for (Store store : pass.stores()) {
        written.put(store, element(t, store.value(), at, pass.held(), known));
      }
      written.forEach((store, value) -> store(t, store.slot(), at, value));
    }
    t.folded.putAll(results);
  }

  private static void store(OneTensor t, Slot slot, int at, double value) {
    double[] memory = t.memory(slot);
    boolean exact = t.goal.formatOf(slot) == Format.FLOAT32;
    memory[at] = exact ? value : Double.NaN;
    if (!exact) {
      t.hidden.computeIfAbsent(slot, _ -> new double[memory.length])[at] = value;
    }
  }

  private double element(
      OneTensor t, Expression e, int i, Map<Expression, Slot> held, Map<Expression, Double> known) {
    if (e.level().isScalar()) {
      double[] value = scalar(t, e);
      return value.length == 1 ? value[0] : value[i / (int) t.tensor.shape().columns()];
    }
    Double before = known.get(e);
    if (before != null) {
      return before;
    }
    Slot holder = e instanceof Slot slot && held.isEmpty() ? slot : held.get(e);
    double value =
        holder != null
            ? t.memory(holder)[i]
            : apply((Operation) e, o -> element(t, o, i, held, known));
    known.put(e, value);
    return value;
  }

  private double[] scalar(OneTensor t, Expression e) {
    double[] known = t.scalars.get(e);
    if (known != null) {
      return known;
    }
    double[] computed = compute(t, e);
    t.scalars.put(e, computed);
    return computed;
  }

  private double[] compute(OneTensor t, Expression e) {
    return switch (e) {
      case Constant c -> new double[] {c.value()};
      case Fact f -> new double[] {t.tensor.fact(f, 0, facts)};
      case Slot s -> t.memory(s).clone();
      case Fold f when f.readsElements() -> requireNonNull(t.folded.get(f));
      case Fold f -> new double[] {total(f.combine(), scalar(t, f.operand()))};
      case ModelFold f -> new double[] {modelFold(f)};
      case Operation o -> {
        int rows = o.level() == Level.ROW ? (int) t.tensor.shape().rows() : 1;
        double[] result = new double[rows];
        for (int r = 0; r < rows; r++) {
          int row = r;
          result[r] = apply(o, x -> at(scalar(t, x), row));
        }
        yield result;
      }
    };
  }

  private double modelFold(ModelFold fold) {
    double result = fold.combine().start();
    for (OneTensor t : tensors) {
      ModelFold part = t.goal.modelFolds().get(fold.name());
      if (part != null) {
        result = fold.combine().apply(result, scalar(t, part.operand())[0]);
      }
    }
    return result;
  }

  private static double total(Combine combine, double[] rows) {
    double result = combine.start();
    for (double row : rows) {
      result = combine.apply(result, row);
    }
    return result;
  }

  private static double at(double[] values, int row) {
    return values.length == 1 ? values[0] : values[row];
  }

  private interface ValueOf {
    double of(Expression e);
  }

  private static double apply(Operation o, ValueOf values) {
    List<Expression> x = o.operands();
    return o.operator()
        .apply(
            values.of(x.getFirst()),
            values.of(x.get(Math.min(1, x.size() - 1))),
            values.of(x.getLast()));
  }
}
