package dev.gradus.engine;

import dev.gradus.engine.Loop.Code;
import dev.gradus.engine.Loop.FoldOutput;
import dev.gradus.engine.Loop.Instruction;
import dev.gradus.engine.Loop.StoreOutput;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Expression.Fold;
import dev.gradus.equation.Expression.Operation;
import dev.gradus.equation.Expression.Slot;
import dev.gradus.equation.Level;
import dev.gradus.equation.Operator;
import dev.gradus.plan.Pass;
import dev.gradus.plan.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Turns a pass into a loop body: numbers values, loads each slot once, fuses products with sums.
 */
final class Lowering {
  private final Pass pass;
  private final Map<Expression, Integer> uses = new HashMap<>();
  private final Map<Expression, Integer> numbers = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Expression> scalars;
  private final List<Expression> rowScalars;
  private final List<Instruction> body = new ArrayList<>();

  private Lowering(Pass pass) {
    this.pass = pass;
    roots().forEach(this::countUse);
    var inputs = new LinkedHashSet<Expression>();
    uses.keySet().stream()
        .filter(e -> e.level().isScalar())
        .sorted(Comparator.comparingLong(Expression::id))
        .forEach(inputs::add);
    this.scalars = inputs.stream().filter(e -> e.level() != Level.ROW).toList();
    this.rowScalars = inputs.stream().filter(e -> e.level() == Level.ROW).toList();
    Stream.concat(scalars.stream(), rowScalars.stream())
        .forEach(e -> numbers.put(e, numbers.size()));
  }

  static Loop lower(Pass pass) {
    return new Lowering(pass).loop();
  }

  private Loop loop() {
    var folds = new ArrayList<FoldOutput>();
    for (Fold fold : pass.folds()) {
      folds.add(fold(fold));
    }
    var stores = new ArrayList<StoreOutput>();
    for (Store store : pass.stores()) {
      stores.add(new StoreOutput(slot(store.slot()), number(store.value())));
    }
    return new Loop(slots, scalars, rowScalars, body, folds, stores);
  }

  private Stream<Expression> roots() {
    return Stream.concat(
        pass.folds().stream().map(Fold::operand), pass.stores().stream().map(Store::value));
  }

  private void countUse(Expression e) {
    if (uses.merge(e, 1, Integer::sum) == 1 && !e.level().isScalar() && !isInMemory(e)) {
      e.operands().forEach(this::countUse);
    }
  }

  private boolean isInMemory(Expression e) {
    return pass.held().containsKey(e);
  }

  private FoldOutput fold(Fold fold) {
    if (isProductUsedOnce(fold.operand())) {
      List<Expression> factors = fold.operand().operands();
      return new FoldOutput(fold.combine(), number(factors.getFirst()), number(factors.getLast()));
    }
    return new FoldOutput(fold.combine(), number(fold.operand()), -1);
  }

  private int number(Expression e) {
    Integer known = numbers.get(e);
    if (known == null) {
      Instruction instruction = instruction(e);
      known = scalars.size() + rowScalars.size() + body.size();
      body.add(instruction);
      numbers.put(e, known);
    }
    return known;
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

  private Instruction sum(Expression a, Expression b) {
    if (isProductUsedOnce(a)) {
      return fused(a, b);
    }
    return isProductUsedOnce(b) ? fused(b, a) : new Instruction(Code.ADD, number(a), number(b), 0);
  }

  private Instruction fused(Expression product, Expression addend) {
    return new Instruction(
        Code.FUSED,
        number(product.operands().getFirst()),
        number(product.operands().getLast()),
        number(addend));
  }

  private boolean isProductUsedOnce(Expression e) {
    return e instanceof Operation o
        && o.operator() == Operator.MULTIPLY
        && !o.level().isScalar()
        && !isInMemory(e)
        && uses.getOrDefault(e, 0) == 1;
  }

  private int slot(Slot slot) {
    if (!slots.contains(slot)) {
      slots.add(slot);
    }
    return slots.indexOf(slot);
  }
}
