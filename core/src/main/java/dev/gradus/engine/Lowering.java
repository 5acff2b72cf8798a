package dev.gradus.engine;

import dev.gradus.engine.Loop.Code;
import dev.gradus.engine.Loop.FoldOutput;
import dev.gradus.engine.Loop.Instruction;
import dev.gradus.engine.Loop.StoreOutput;
import dev.gradus.equation.Combine;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Format;
import dev.gradus.equation.Level;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Pass;
import dev.gradus.plan.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns a pass into a loop body: numbers values, loads each slot once, fuses products with sums. A
 * product is fused wherever it is added, so what else a pass computes changes no bit of a value.
 */
final class Lowering {
  private final Pass pass;
  private final Goal goal;
  private final Map<Expression, Integer> numbers = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Expression> scalars;
  private final List<Expression> rowScalars;
  private final List<Instruction> body = new ArrayList<>();

  private Lowering(Pass pass, Goal goal) {
    this.pass = pass;
    this.goal = goal;
    var inputs = new LinkedHashSet<Expression>();
    var seen = new HashSet<Expression>();
    roots().forEach(root -> findInputs(root, inputs, seen));
    if (pass.stores().stream().anyMatch(this::isRounded)) {
      inputs.add(Facts.ROUNDING_KEY);
    }
    this.scalars = inputs.stream().filter(e -> e.level() != Level.ROW).toList();
    this.rowScalars = inputs.stream().filter(e -> e.level() == Level.ROW).toList();
    Stream.concat(scalars.stream(), rowScalars.stream())
        .forEach(e -> numbers.put(e, numbers.size()));
  }

  static Loop lower(Pass pass, Goal goal) {
    return new Lowering(pass, goal).loop();
  }

  private Loop loop() {
    List<FoldOutput> folds = pass.folds().stream().map(this::fold).toList();
    List<StoreOutput> stores = pass.stores().stream().map(this::store).toList();
    List<Format> formats = slots.stream().map(goal::formatOf).toList();
    return new Loop(slots, formats, scalars, rowScalars, body, folds, stores);
  }

  private Stream<Expression> roots() {
    return Stream.concat(
        pass.folds().stream().map(Fold::operand), pass.stores().stream().map(Store::value));
  }

  private void findInputs(Expression e, Set<Expression> inputs, Set<Expression> seen) {
    if (e.level().isScalar()) {
      inputs.add(e);
    } else if (seen.add(e) && !isInMemory(e)) {
      e.operands().forEach(operand -> findInputs(operand, inputs, seen));
    }
  }

  private boolean isInMemory(Expression e) {
    return pass.held().containsKey(e);
  }

  private StoreOutput store(Store store) {
    int value = number(store.value());
    return new StoreOutput(slot(store.slot()), isRounded(store) ? rounded(value) : value);
  }

  private boolean isRounded(Store store) {
    return goal.formatOf(store.slot()) == Format.BFLOAT16;
  }

  private int rounded(int value) {
    return append(new Instruction(Code.ROUND, value, number(Facts.ROUNDING_KEY), 0));
  }

  private FoldOutput fold(Fold fold) {
    if (fold.combine() == Combine.SUM && isProduct(fold.operand())) {
      List<Expression> factors = fold.operand().operands();
      return new FoldOutput(Combine.SUM, number(factors.getFirst()), number(factors.getLast()));
    }
    return new FoldOutput(fold.combine(), number(fold.operand()), -1);
  }

  private int number(Expression e) {
    Integer known = numbers.get(e);
    if (known == null) {
      known = append(instruction(e));
      numbers.put(e, known);
    }
    return known;
  }

  private int append(Instruction instruction) {
    body.add(instruction);
    return scalars.size() + rowScalars.size() + body.size() - 1;
  }

  private Instruction instruction(Expression e) {
    Slot holder = pass.held().get(e);
    if (holder != null) {
      return new Instruction(Code.LOAD, slot(holder), 0, 0);
    }
    if (!(e instanceof Operation o)) {
      throw new IllegalStateException("The plan loses " + e);
    }
    List<Expression> x = o.operands();
    return switch (o.operator()) {
      case ADD -> sum(x.getFirst(), x.getLast());
      case SELECT ->
          new Instruction(Code.SELECT, number(x.get(0)), number(x.get(1)), number(x.get(2)));
      case SQUARE_ROOT, ABSOLUTE, SIGN -> new Instruction(code(o), number(x.getFirst()), 0, 0);
      default -> new Instruction(code(o), number(x.getFirst()), number(x.getLast()), 0);
    };
  }

  private static Code code(Operation o) {
    return Code.valueOf(o.operator().name());
  }

  /** Of two products the second is fused, so that u + w × 0 + w × d rounds like u + w × d. */
  private Instruction sum(Expression a, Expression b) {
    if (isProduct(b)) {
      return fused(b, a);
    }
    return isProduct(a) ? fused(a, b) : new Instruction(Code.ADD, number(a), number(b), 0);
  }

  private Instruction fused(Expression product, Expression addend) {
    return new Instruction(
        Code.FUSED,
        number(product.operands().getFirst()),
        number(product.operands().getLast()),
        number(addend));
  }

  private boolean isProduct(Expression e) {
    return e instanceof Operation o
        && o.operator() == Operator.MULTIPLY
        && !o.level().isScalar()
        && !isInMemory(e);
  }

  private int slot(Slot slot) {
    if (!slots.contains(slot)) {
      slots.add(slot);
    }
    return slots.indexOf(slot);
  }
}
