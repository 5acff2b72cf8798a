package dev.gradus;

import dev.gradus.engine.StepFacts;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Pipeline;
import dev.gradus.schedule.History;
import dev.gradus.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The numbers of a step that the host knows: each tensor's learning rate, the count of steps, and
 * settings that change over the run.
 */
final class Rates implements StepFacts {
  private final List<Group> groups;
  private final int[] groupOf;
  private final long totalSteps;
  private final double[] multipliers;
  private final Map<Fact, Schedule> settings = new HashMap<>();
  private final List<Schedule> schedules = new ArrayList<>();
  private History history = History.EMPTY;
  private double gradientScale = 1;
  private long step;

  Rates(List<Group> groups, List<Parameter> parameters, long totalSteps) {
    this.groups = List.copyOf(groups);
    this.totalSteps = totalSteps;
    groupOf = parameters.stream().mapToInt(this::lastMatch).toArray();
    multipliers = new double[groups.size()];
    recall(history);
  }

  /** Takes up the settings of a tensor's rules that change over the run. */
  void add(Equations equations) {
    for (Expression e : Equations.reachable(equations.next().values())) {
      if (e instanceof Fact fact && fact.schedule().isPresent()) {
        settings.put(fact, fact.schedule().get());
      }
    }
  }

  /** The metrics that schedules watch. */
  SortedSet<String> metrics() {
    var metrics = new TreeSet<String>();
    groups.forEach(group -> metrics.addAll(group.schedule().metrics()));
    settings.keySet().forEach(fact -> metrics.addAll(fact.schedule().orElseThrow().metrics()));
    return metrics;
  }

  History history() {
    return history;
  }

  /** Sets what has been measured so far. */
  void recall(History measured) {
    history = measured;
    schedules.clear();
    groups.forEach(group -> schedules.add(group.schedule().given(measured)));
    settings.replaceAll((fact, _) -> fact.schedule().orElseThrow().given(measured));
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
    return group(parameter).learningRate() * multiplierOf(parameter, steps);
  }

  /** What the schedule makes of the base rate after some steps. */
  double multiplierOf(int parameter, long steps) {
    return multiplier(groupOf[parameter], steps);
  }

  void gradientScale(double scale) {
    gradientScale = scale;
  }

  /** Fixes the numbers of the step that follows some others. */
  void begin(long steps) {
    for (int g = 0; g < multipliers.length; g++) {
      multipliers[g] = multiplier(g, steps);
    }
    step = steps + 1;
  }

  private Schedule setting(Fact fact) {
    Schedule schedule = settings.get(fact);
    if (schedule == null) {
      throw new IllegalStateException("Nothing is known of " + fact);
    }
    return schedule;
  }

  private double multiplier(int index, long steps) {
    Group group = groups.get(index);
    double multiplier = schedules.get(index).multiplier(steps, totalSteps);
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
    return setting(fact).multiplier(step - 1, totalSteps);
  }
}
