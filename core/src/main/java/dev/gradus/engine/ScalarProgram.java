package dev.gradus.engine;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Expression.Constant;
import dev.gradus.equation.Expression.Fact;
import dev.gradus.equation.Expression.Fold;
import dev.gradus.equation.Expression.ModelFold;
import dev.gradus.equation.Expression.Operation;
import dev.gradus.equation.Expression.Slot;
import dev.gradus.equation.Level;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The scalars of a plan in an order in which they can be computed. Each scalar has a register. A
 * stage is all scalars that can be computed after so many passes: first those that fold no tensor
 * of the model at that depth, then, when all tensors are there, the rest.
 */
final class ScalarProgram {
  private record Ordered(Expression scalar, int stage) {}

  private final Expression[] scalars;
  private final int[][] operands;
  private final int[] stageEnds;
  private final Map<Expression, Integer> registers = new HashMap<>();

  ScalarProgram(Map<Expression, Integer> depths) {
    var stages = new HashMap<Expression, Integer>();
    List<Ordered> ordered =
        depths.keySet().stream()
            .map(e -> new Ordered(e, stage(e, depths, stages)))
            .sorted(Comparator.comparingInt(Ordered::stage).thenComparingLong(o -> o.scalar().id()))
            .toList();
    scalars = ordered.stream().map(Ordered::scalar).toArray(Expression[]::new);
    for (Expression scalar : scalars) {
      registers.put(scalar, registers.size());
    }
    operands = new int[scalars.length][];
    for (int i = 0; i < scalars.length; i++) {
      operands[i] =
          scalars[i].operands().stream().mapToInt(e -> registers.getOrDefault(e, -1)).toArray();
    }
    stageEnds = stageEnds(ordered);
  }

  private static int stage(
      Expression e, Map<Expression, Integer> depths, Map<Expression, Integer> known) {
    Integer stage = known.get(e);
    if (stage == null) {
      stage = 2 * depths.getOrDefault(e, 0) + (e instanceof ModelFold ? 1 : 0);
      for (Expression operand : e.operands()) {
        if (depths.containsKey(operand)) {
          stage = Math.max(stage, stage(operand, depths, known));
        }
      }
      known.put(e, stage);
    }
    return stage;
  }

  private static int[] stageEnds(List<Ordered> ordered) {
    int stages = ordered.isEmpty() ? 0 : ordered.getLast().stage() + 1;
    int[] ends = new int[stages];
    for (int s = 0; s < stages; s++) {
      int stage = s;
      ends[s] = (int) ordered.stream().filter(o -> o.stage() <= stage).count();
    }
    return ends;
  }

  int register(Expression scalar) {
    Integer register = registers.get(scalar);
    if (register == null) {
      throw new IllegalStateException("The plan has no scalar " + scalar);
    }
    return register;
  }

  boolean contains(Expression scalar) {
    return registers.containsKey(scalar);
  }

  Expression[] scalars() {
    return scalars;
  }

  /** The register after the last that can be computed before a pass. */
  int endBeforePass(int pass, boolean beforeModelFolds) {
    int stage = 2 * pass + (beforeModelFolds ? 0 : 1);
    return stageEnds.length == 0 ? 0 : stageEnds[Math.min(stage, stageEnds.length - 1)];
  }

  /** Computes one scalar whose operands are known; folds of values per weight are not touched. */
  void compute(int register, ScalarMemory memory) {
    switch (scalars[register]) {
      case Constant c -> memory.set(register, c.value());
      case Fact f -> memory.set(register, memory.fact(f));
      case Slot s -> memory.load(register, s);
      case ModelFold f -> memory.set(register, memory.model(f.name()));
      case Fold f -> {
        if (!f.readsElements()) {
          memory.set(register, memory.combine(f.combine(), operands[register][0]));
        }
      }
      case Operation o -> compute(o, register, memory);
    }
  }

  private void compute(Operation o, int register, ScalarMemory memory) {
    int[] x = operands[register];
    int a = x[0];
    int b = x[Math.min(1, x.length - 1)];
    int c = x[x.length - 1];
    if (o.level() == Level.ROW) {
      double[] result = memory.row(register);
      for (int r = 0; r < result.length; r++) {
        result[r] = o.operator().apply(memory.value(a, r), memory.value(b, r), memory.value(c, r));
      }
    } else {
      memory.set(register, o.operator().apply(memory.value(a), memory.value(b), memory.value(c)));
    }
  }
}
