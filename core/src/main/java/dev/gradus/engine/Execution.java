package dev.gradus.engine;

import dev.gradus.engine.CompiledPlan.CompiledPass;
import dev.gradus.equation.Expression;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One plan carried out for one tensor, step after step. */
final class Execution {
  private final CompiledPlan compiled;
  private final TensorRun tensor;
  private final ScalarMemory memory;
  private final PassRun[] passes;
  private final Slot[] scalarSlots;
  private final int[] scalarRegisters;
  private int computed;

  Execution(CompiledPlan compiled, TensorRun tensor) {
    this.compiled = compiled;
    this.tensor = tensor;
    var runs = new ArrayList<PassRun>();
    var entries = new HashMap<Expression, Integer>();
    for (CompiledPass pass : compiled.passes()) {
      var run = new PassRun(pass, compiled.program(), tensor, runs.size() % 2 != 0);
      run.folds().forEach(fold -> entries.put(fold, run.foldEntries()));
      runs.add(run);
    }
    passes = runs.toArray(PassRun[]::new);
    memory = new ScalarMemory(compiled.program(), tensor, entries);
    Map<Slot, Expression> next = compiled.plan().scalarNext();
    scalarSlots = next.keySet().toArray(Slot[]::new);
    scalarRegisters = next.values().stream().mapToInt(compiled.program()::register).toArray();
  }

  void begin() {
    computed = 0;
  }

  Map<String, ModelFold> modelFolds() {
    return compiled.modelFolds();
  }

  int passes() {
    return passes.length;
  }

  PassRun pass(int p) {
    return passes[p];
  }

  /** All passes of a range, one after the other, in this thread. */
  void run(int from, int to, Workspace workspace) {
    for (int p = from; p < Math.min(to, passes.length); p++) {
      prepare(p, workspace);
      for (int unit = 0; unit < passes[p].units(); unit++) {
        passes[p].runUnit(unit, workspace);
      }
      collect(p);
    }
  }

  void prepare(int pass, Workspace workspace) {
    compute(compiled.program().endBeforePass(pass, false));
    passes[pass].prepare(memory, tensor, workspace);
  }

  void collect(int pass) {
    passes[pass].collect(memory);
  }

  /** This tensor's part of a fold over the model whose depth has been reached. */
  double modelPart(Expression operand, int depth) {
    compute(compiled.program().endBeforePass(depth, true));
    return memory.value(compiled.program().register(operand));
  }

  /** Stores the scalar states. */
  void finish() {
    compute(compiled.program().scalars().length);
    for (int i = 0; i < scalarSlots.length; i++) {
      memory.store(scalarRegisters[i], scalarSlots[i]);
    }
  }

  Map<String, Double> measured() {
    var measured = new LinkedHashMap<String, Double>();
    compiled
        .plan()
        .measured()
        .forEach(
            (name, value) -> measured.put(name, memory.value(compiled.program().register(value))));
    return measured;
  }

  private void compute(int end) {
    while (computed < end) {
      compiled.program().compute(computed++, memory);
    }
  }
}
