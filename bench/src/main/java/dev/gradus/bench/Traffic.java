package dev.gradus.bench;

import dev.gradus.Parameter;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Pipeline;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Waves;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The bytes that a step moves by its plan, if every pass goes to memory. */
final class Traffic {
  private static final ModelFold CHECK =
      (ModelFold) Facts.GRADIENT.square().sum(Level.TENSOR).sumOverModel("check");

  private Traffic() {}

  static long bytes(List<Parameter> parameters, Pipeline pipeline, boolean checkFinite) {
    List<Goal> goals = parameters.stream().map(p -> goal(p, pipeline, checkFinite)).toList();
    var waves = new Waves(goals);
    long bytes = 0;
    for (int i = 0; i < goals.size(); i++) {
      long perWeight = Planner.plan(goals.get(i), waves).bytesMoved();
      bytes += parameters.get(i).shape().size() * perWeight;
    }
    return bytes;
  }

  private static Goal goal(Parameter parameter, Pipeline pipeline, boolean checkFinite) {
    var equations = Equations.of(pipeline, parameter.shape());
    return new Goal(
        equations.next(),
        new LinkedHashMap<>(),
        checkFinite ? Optional.of(CHECK) : Optional.empty(),
        parameter.format());
  }
}
