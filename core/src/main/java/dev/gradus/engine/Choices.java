package dev.gradus.engine;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Variants;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Evaluates, before each step, the conditions that choose a tensor's plan. */
final class Choices {
  private final Variants variants;
  private final ScalarProgram program;
  private final ScalarMemory memory;
  private final int[] registers;

  Choices(Goal goal, TensorRun tensor) {
    variants = new Variants(goal);
    program = new ScalarProgram(zeroDepths(variants));
    memory = new ScalarMemory(program, tensor, Map.of());
    registers = variants.conditions().stream().mapToInt(program::register).toArray();
  }

  private static SequencedMap<Expression, Integer> zeroDepths(Variants variants) {
    var depths = new LinkedHashMap<Expression, Integer>();
    Equations.reachable(variants.conditions()).forEach(e -> depths.put(e, 0));
    return depths;
  }

  /** Bit i says that condition i holds now. */
  long current() {
    for (int i = 0; i < program.scalars().length; i++) {
      program.compute(i, memory);
    }
    long choices = 0;
    for (int i = 0; i < registers.length; i++) {
      choices |= memory.value(registers[i]) != 0 ? 1L << i : 0;
    }
    return choices;
  }

  Goal goal(long choices) {
    return variants.choose(choices);
  }
}
