package dev.gradus.plan;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.ModelFold;
import java.util.HashMap;
import java.util.Map;

/**
 * How many passes must be complete before a value can be computed. A fold of a value per weight is
 * one deeper than its operand; a fold over the model waits for its wave.
 */
final class Depths {
  private final Map<Expression, Integer> known = new HashMap<>();
  private final Waves waves;

  Depths(Waves waves) {
    this.waves = waves;
  }

  int of(Expression e) {
    Integer depth = known.get(e);
    if (depth == null) {
      depth = compute(e);
      known.put(e, depth);
    }
    return depth;
  }

  /** Says that a fold is made in a later pass than it could be. */
  void delay(Fold fold, int depth) {
    known.put(fold, depth);
  }

  private int compute(Expression e) {
    int operands = e.operands().stream().mapToInt(this::of).max().orElse(0);
    return switch (e) {
      case Fold fold when fold.readsElements() -> operands + 1;
      case ModelFold fold -> Math.max(afterOthers(fold, operands), waves.of(fold.name()));
      default -> operands;
    };
  }

  /** Tensors wait once per depth, so a fold over the model can't feed another at its own depth. */
  private int afterOthers(ModelFold fold, int depth) {
    boolean feeds =
        Equations.reachable(fold.operands()).stream()
            .anyMatch(e -> e instanceof ModelFold && of(e) == depth);
    return feeds ? depth + 1 : depth;
  }
}
