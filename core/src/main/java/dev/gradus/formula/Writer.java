package dev.gradus.formula;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Fold;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an expression; what has a name is written as its name. */
final class Writer {
  private static final double TWO = 2;

  private final Notation notation;
  private final Map<Expression, String> names;

  Writer(Notation notation, Map<Expression, String> names) {
    this.notation = notation;
    this.names = names;
  }

  /** What an expression shows of itself when it is written out. */
  static List<Expression> parts(Expression e) {
    Optional<Expression> norm = Folded.underRoot(e).flatMap(Folded::squared);
    Optional<Folded> folded = Folded.of(e);
    Optional<Expression> square = e.factorOfSquare();
    if (norm.isPresent()) {
      return List.of(norm.get());
    }
    if (folded.isPresent()) {
      return List.of(folded.get().squared().orElse(folded.get().operand()));
    }
    return square.map(List::of).orElse(e.operands());
  }

  Text write(Expression e) {
    String name = names.get(e);
    return name == null ? writeOut(e) : notation.name(name);
  }

  /** An expression by its operator, even if it has a name. */
  Text writeOut(Expression e) {
    return switch (e) {
      case Constant c -> notation.number(c.value());
      case Fact f -> notation.name(f.name());
      case Slot s -> notation.name(s.name());
      case Fold _, ModelFold _ -> fold(Folded.of(e).orElseThrow());
      case Operation o -> operation(o);
    };
  }

  private Text fold(Folded folded) {
    return folded
        .squared()
        .map(x -> notation.power(notation.norm(write(x), folded.over()), notation.number(TWO)))
        .orElseGet(() -> notation.fold(folded.combine(), write(folded.operand()), folded.over()));
  }

  private Text operation(Operation o) {
    List<Text> x = parts(o).stream().map(this::write).toList();
    return switch (o.operator()) {
      case MINIMUM -> isInfinite(o.operands().getLast()) ? x.getFirst() : notation.call("min", x);
      case REMAINDER -> notation.remainder(x.getFirst(), x.getLast());
      case ADD ->
          isMemory(o.operands().getLast())
              ? notation.plus(x.getLast(), x.getFirst())
              : notation.plus(x.getFirst(), x.getLast());
      case SUBTRACT -> notation.minus(x.getFirst(), x.getLast());
      case MULTIPLY -> product(o, x);
      case DIVIDE -> notation.over(x.getFirst(), x.getLast());
      case SQUARE_ROOT ->
          Folded.underRoot(o)
              .map(norm -> notation.norm(x.getFirst(), norm.over()))
              .orElseGet(() -> notation.root(x.getFirst()));
      case ABSOLUTE -> notation.magnitude(x.getFirst());
      case POWER -> notation.power(x.getFirst(), x.getLast());
      case LESS -> notation.compare(x.getFirst(), false, x.getLast());
      case EQUAL -> notation.compare(x.getFirst(), true, x.getLast());
      case SELECT -> notation.choose(x.get(0), x.get(1), x.get(2));
      default -> notation.call(o.operator().symbol(), x);
    };
  }

  /** A share of a state, which stands first in an average. */
  private static boolean isMemory(Expression e) {
    return e instanceof Operation o
        && o.operator() == Operator.MULTIPLY
        && o.operands().stream().anyMatch(factor -> factor instanceof Slot)
        && o.operands().stream().anyMatch(factor -> factor instanceof Constant);
  }

  /** What an expression without a name is one over. */
  private Optional<Expression> divisor(Expression e) {
    return !names.containsKey(e)
            && e instanceof Operation o
            && o.operator() == Operator.DIVIDE
            && o.operands().getFirst() == Expression.constant(1)
        ? Optional.of(o.operands().getLast())
        : Optional.empty();
  }

  private static boolean isInfinite(Expression e) {
    return e instanceof Constant c && c.value() == Double.POSITIVE_INFINITY;
  }

  private Text product(Operation o, List<Text> x) {
    if (o.factorOfSquare().isPresent()) {
      return notation.power(x.getFirst(), notation.number(TWO));
    }
    Expression first = o.operands().getFirst();
    Expression last = o.operands().getLast();
    Optional<Expression> divisor = divisor(last).or(() -> divisor(first));
    if (divisor.isPresent()) {
      return notation.over(
          divisor(last).isPresent() ? x.getFirst() : x.getLast(), write(divisor.get()));
    }
    boolean inOrder = first.level().compareTo(last.level()) <= 0 && !(last instanceof Constant);
    return inOrder
        ? notation.times(x.getFirst(), x.getLast())
        : notation.times(x.getLast(), x.getFirst());
  }
}
