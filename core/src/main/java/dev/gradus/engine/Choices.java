package dev.gradus.engine;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Variants;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The conditions that choose a plan before each step, and the plans they have led to. Tensors with
 * the same goal share them; each has the conditions' values in a memory of its own.
 */
final class Choices {
  private final Variants variants;
  private final Function<Goal, CompiledPlan> compile;
  private final ScalarProgram program;
  private final int[] registers;
  private final Map<Long, CompiledPlan> plans = new HashMap<>();

  Choices(Goal goal, Function<Goal, CompiledPlan> compile) {
    this.compile = compile;
    variants = new Variants(goal);
    program = new ScalarProgram(zeroDepths(variants));
    registers = variants.conditions().stream().mapToInt(program::register).toArray();
  }

  private static SequencedMap<Expression, Integer> zeroDepths(Variants variants) {
    var depths = new LinkedHashMap<Expression, Integer>();
    Equations.reachable(variants.conditions()).forEach(e -> depths.put(e, 0));
    return depths;
  }

  ScalarMemory memory(TensorRun tensor) {
    return new ScalarMemory(program, tensor, Map.of());
  }

  /** Bit i says that condition i holds now. */
  long current(ScalarMemory memory) {
    for (int i = 0; i < program.scalars().length; i++) {
      program.compute(i, memory);
    }
    long choices = 0;
    for (int i = 0; i < registers.length; i++) {
      choices |= memory.value(registers[i]) != 0 ? 1L << i : 0;
    }
    return choices;
  }

  CompiledPlan plan(long choices) {
    return plans.computeIfAbsent(choices, c -> compile.apply(variants.choose(c)));
  }
}
