package dev.gradus.engine;

import dev.gradus.plan.Goal;
import java.util.function.Function;

/**
 * What tensors with the same equations share.
 *
 * @param goal what a step computes
 * @param quiet the plans of steps that are not measured
 * @param measuring the plans of steps that are
 */
record Kind(Goal goal, Choices quiet, Choices measuring) {
  static Kind of(Goal goal, Goal measured, Function<Goal, CompiledPlan> compile) {
    return new Kind(goal, new Choices(goal, compile), new Choices(measured, compile));
  }

  Choices choices(boolean measure) {
    return measure ? measuring : quiet;
  }
}
