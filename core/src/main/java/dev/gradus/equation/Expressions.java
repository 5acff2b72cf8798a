package dev.gradus.equation;

import dev.gradus.schedule.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds expressions: checks levels, takes simple identities, and interns the result. */
final class Expressions {
  private static final Interner INTERNER = new Interner();

  private Expressions() {}

  static Constant constant(double value) {
    return INTERNER.intern(Constant.class, value, List.of(), id -> new Constant(id, value));
  }

  static Fact fact(String name, Level level, Optional<Schedule> schedule) {
    return INTERNER.intern(
        Fact.class,
        List.of(name, level, schedule),
        List.of(),
        id -> new Fact(id, name, level, schedule));
  }

  static Slot slot(String name, Level level) {
    return INTERNER.intern(
        Slot.class, List.of(name, level), List.of(), id -> new Slot(id, name, level));
  }

  static Expression operation(Operator operator, Expression... operands) {
    Expression simpler = Identities.simplify(operator, operands);
    return simpler != null ? simpler : intern(operator, List.of(operands));
  }

  private static Operation intern(Operator operator, List<Expression> operands) {
    Level level = operands.stream().map(Expression::level).reduce(Level.STEP, Level::join);
    if (operator.onScalarsOnly() && !level.isScalar()) {
      throw new IllegalArgumentException(
          operator + " works on scalars only, not on a value for every weight");
    }
    return INTERNER.intern(
        Operation.class, operator, operands, id -> new Operation(id, operator, level, operands));
  }

  static Fold fold(Combine combine, Expression operand, Level to) {
    if ((to != Level.ROW && to != Level.TENSOR) || operand.level().compareTo(to) <= 0) {
      throw new IllegalArgumentException(
          "A value of level " + operand.level() + " can't be folded to level " + to);
    }
    boolean overRows = operand.level() == Level.ELEMENT && to == Level.TENSOR;
    Expression from = overRows ? fold(combine, operand, Level.ROW) : operand;
    return INTERNER.intern(
        Fold.class, List.of(combine, to), List.of(from), id -> new Fold(id, combine, to, from));
  }

  static ModelFold modelFold(String name, Combine combine, Expression operand) {
    if (operand.level().compareTo(Level.TENSOR) > 0) {
      throw new IllegalArgumentException(
          "Fold a value of level " + operand.level() + " to TENSOR before folding over the model");
    }
    return INTERNER.intern(
        ModelFold.class,
        List.of(name, combine),
        List.of(operand),
        id -> new ModelFold(id, name, combine, operand));
  }

  /** The same kind of node over other operands. */
  static Expression rebuild(Expression node, List<Expression> operands) {
    return switch (node) {
      case Operation o -> operation(o.operator(), operands.toArray(Expression[]::new));
      case Fold f -> fold(f.combine(), operands.getFirst(), f.level());
      case ModelFold f -> modelFold(f.name(), f.combine(), operands.getFirst());
      case Constant c -> c;
      case Fact f -> f;
      case Slot s -> s;
    };
  }

  /** Shared parts are written out each time, so the depth has a bound. */
  static String describe(Expression e, int depth) {
    if (depth == 0) {
      return "…";
    }
    return switch (e) {
      case Constant c -> Double.toString(c.value());
      case Fact f -> f.name();
      case Slot s -> s.name();
      case Fold f -> f.combine() + " to " + f.level() + operands(f, depth);
      case ModelFold f -> f.name() + operands(f, depth);
      case Operation o -> o.operator().symbol() + operands(o, depth);
    };
  }

  private static String operands(Expression e, int depth) {
    return e.operands().stream()
        .map(operand -> describe(operand, depth - 1))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  static boolean allConstant(Expression... operands) {
    return Arrays.stream(operands).allMatch(Constant.class::isInstance);
  }
}
