package dev.gradus.engine;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Slot;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The scalars of a plan in an order in which they can be computed. Each scalar has a register. A
 * stage is all scalars that can be computed after so many passes: first those that fold no tensor
 * of the model at that depth, then, when all tensors are there, the rest.
 */
final class ScalarProgram {
  private final Expression[] scalars;
  private final int[][] operands;
  private final boolean[] metByRows;
  private final int[] stageEnds;
  private final Map<Expression, Integer> registers = new HashMap<>();

  /**
   * @param depths the scalars, each after its own operands, and the passes they need
   */
  ScalarProgram(SequencedMap<Expression, Integer> depths) {
    var stages = new LinkedHashMap<Expression, Integer>();
    depths.forEach((scalar, depth) -> stages.put(scalar, stage(scalar, depth, stages)));
    scalars =
        stages.keySet().stream()
            .sorted(Comparator.comparing(stages::get))
            .toArray(Expression[]::new);
    for (Expression scalar : scalars) {
      registers.put(scalar, registers.size());
    }
    operands = new int[scalars.length][];
    metByRows = new boolean[scalars.length];
    for (int i = 0; i < scalars.length; i++) {
      operands[i] =
          scalars[i].operands().stream().mapToInt(e -> registers.getOrDefault(e, -1)).toArray();
      if (scalars[i] instanceof Operation o && o.level() == Level.ROW) {
        Arrays.stream(operands[i]).forEach(operand -> metByRows[operand] = true);
      }
    }
    stageEnds = stageEnds(stages.values());
  }

  private static int stage(Expression scalar, int depth, Map<Expression, Integer> stages) {
    int own = 2 * depth + (scalar instanceof ModelFold ? 1 : 0);
    return scalar.operands().stream()
        .mapToInt(operand -> stages.getOrDefault(operand, 0))
        .reduce(own, Math::max);
  }

  private static int[] stageEnds(Collection<Integer> stages) {
    int last = stages.stream().mapToInt(Integer::intValue).max().orElse(-1);
    return IntStream.rangeClosed(0, last)
        .map(end -> (int) stages.stream().filter(stage -> stage <= end).count())
        .toArray();
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

  /** Whether an operation on rows reads a register. */
  boolean metByRows(int register) {
    return metByRows[register];
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
      RowArithmetic.apply(
          o.operator(), memory.row(register), memory.spread(a), memory.spread(b), memory.spread(c));
    } else {
      memory.set(register, o.operator().apply(memory.value(a), memory.value(b), memory.value(c)));
    }
  }
}
