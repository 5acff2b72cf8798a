package dev.gradus.engine;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.ModelFold;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Pass;
import dev.gradus.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan with its code, shared by all tensors with the same equations. */
final class CompiledPlan {
  /**
   * A pass with its code.
   *
   * @param byRow whether segments must not cross rows, because scalars per row are read or made
   */
  record CompiledPass(Pass pass, Loop loop, Kernel kernel, boolean byRow) {
    boolean folds() {
      return !loop.folds().isEmpty();
    }
  }

  private final Plan plan;
  private final Map<String, ModelFold> modelFolds;
  private final ScalarProgram program;
  private final List<CompiledPass> passes = new ArrayList<>();
  private final int lanes;

  CompiledPlan(Goal goal, Plan plan, KernelSource source) {
    this.plan = plan;
    this.modelFolds = goal.modelFolds();
    this.program = new ScalarProgram(plan.depths());
    List<Loop> loops = plan.passes().stream().map(pass -> Lowering.lower(pass, goal)).toList();
    lanes = loops.stream().mapToInt(source::lanes).max().orElse(0);
    Set<Expression> readPerRow = new HashSet<>();
    loops.forEach(loop -> readPerRow.addAll(loop.rowScalars()));
    for (int p = 0; p < loops.size(); p++) {
      Pass pass = plan.passes().get(p);
      Loop loop = loops.get(p);
      boolean byRow =
          !loop.rowScalars().isEmpty()
              || pass.folds().stream().anyMatch(f -> readPerRow.contains(f) || isUsedByRow(f));
      passes.add(new CompiledPass(pass, loop, source.kernel(loop), byRow));
    }
  }

  /** Whether some scalar needs the fold row by row, rather than only its total. */
  private boolean isUsedByRow(Fold fold) {
    return plan.depths().keySet().stream()
        .filter(e -> e.operands().contains(fold))
        .anyMatch(e -> !(e instanceof Fold total && total.isTotalOf(fold)));
  }

  /** How many floats of lanes a thread needs. */
  int lanes() {
    return lanes;
  }

  Plan plan() {
    return plan;
  }

  /** The folds over the model that tensors with this plan take part in, by name. */
  Map<String, ModelFold> modelFolds() {
    return modelFolds;
  }

  ScalarProgram program() {
    return program;
  }

  List<CompiledPass> passes() {
    return passes;
  }
}
