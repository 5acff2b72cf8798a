package dev.gradus;

import dev.gradus.engine.StepFacts;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Pipeline;
import java.util.List;

/**
 * The numbers of a step that the host knows: each tensor's learning rate, the count of steps, and
 * settings that change over the run.
 */
final class Rates implements StepFacts {
  private final List<Group> groups;
  private final int[] groupOf;
  private final long totalSteps;
  private final double[] multipliers;
  private double gradientScale = 1;
  private long step;

  Rates(List<Group> groups, List<Parameter> parameters, long totalSteps) {
    this.groups = List.copyOf(groups);
    this.totalSteps = totalSteps;
    groupOf = parameters.stream().mapToInt(this::lastMatch).toArray();
    multipliers = new double[groups.size()];
  }

  private int lastMatch(Parameter parameter) {
    for (int g = groups.size() - 1; g >= 0; g--) {
      if (groups.get(g).matches(parameter)) {
        return g;
      }
    }
    throw new UserException(
        "Parameter '"
            + parameter.name()
            + "' of type "
            + parameter.type()
            + " belongs to no group; add a group whose names match it, such as '*'.");
  }

  Pipeline pipeline(Parameter parameter, int index) {
    return group(index).pipelineFor(parameter);
  }

  Group group(int parameter) {
    return groups.get(groupOf[parameter]);
  }

  /** The learning rate after some steps. */
  double learningRate(int parameter, long steps) {
    Group group = group(parameter);
    return group.learningRate() * multiplier(group, steps);
  }

  void gradientScale(double scale) {
    gradientScale = scale;
  }

  /** Fixes the numbers of the step that follows some others. */
  void begin(long steps) {
    for (int g = 0; g < multipliers.length; g++) {
      multipliers[g] = multiplier(groups.get(g), steps);
    }
    step = steps + 1;
  }

  private double multiplier(Group group, long steps) {
    double multiplier = group.schedule().multiplier(steps, totalSteps);
    double rate = group.learningRate() * multiplier;
    if (!(multiplier >= 0) || !Float.isFinite((float) rate)) {
      throw new UserException(
          "The learning rate of group '%s' would be %s in step %d, but must be a number of at least"
                  .formatted(group.names(), rate, steps + 1)
              + " 0 within single precision; change its schedule.");
    }
    return multiplier;
  }

  @Override
  public double value(Fact fact, int tensor) {
    if (fact == Facts.LEARNING_RATE) {
      return group(tensor).learningRate() * multipliers[groupOf[tensor]];
    }
    if (fact == Facts.SCHEDULE_MULTIPLIER) {
      return multipliers[groupOf[tensor]];
    }
    if (fact == Facts.SHARED_STEPS) {
      return step;
    }
    if (fact == Facts.GRADIENT_SCALE) {
      return gradientScale;
    }
    return fact.schedule()
        .orElseThrow(() -> new IllegalStateException("Nothing is known of " + fact))
        .multiplier(step - 1, totalSteps);
  }
}
