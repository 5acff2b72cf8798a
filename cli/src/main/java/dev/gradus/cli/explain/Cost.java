package dev.gradus.cli.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Shape;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Plan;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Variants;
import dev.gradus.plan.Waves;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a step moves through memory. A pipeline that acts every few steps has more than one cost.
 *
 * @param passes how often memory is walked
 * @param floatsMoved floats read and written per weight
 * @param share the share of steps that cost this, in (0, 1]
 */
public record Cost(int passes, int floatsMoved, double share) {
  private static final int STEPS = 10_000;

  /**
   * The bytes per weight.
   *
   * @return floats in single precision
   */
  @JsonProperty
  public int bytesMoved() {
    return floatsMoved * Float.BYTES;
  }

  /**
   * The costs of a pipeline over its first ten thousand steps.
   *
   * @param equations the equations of a tensor
   * @param shape its shape
   * @return every cost that occurs, the most frequent first
   */
  public static List<Cost> of(Equations equations, Shape shape) {
    var goal = new Goal(equations.next(), new LinkedHashMap<>(), Optional.empty());
    var variants = new Variants(goal);
    Map<Long, Integer> counts = new TreeMap<>();
    for (int step = 1; step <= STEPS; step++) {
      counts.merge(new HostNumbers(shape, step).choices(variants), 1, Integer::sum);
    }
    Map<Plan, Integer> plans = new LinkedHashMap<>();
    counts.forEach(
        (choices, count) -> plans.merge(plan(variants.choose(choices)), count, Integer::sum));
    Map<List<Integer>, Integer> costs = new LinkedHashMap<>();
    plans.forEach(
        (plan, count) ->
            costs.merge(
                List.of(passes(plan), plan.bytesMoved() / Float.BYTES), count, Integer::sum));
    return costs.entrySet().stream()
        .map(c -> new Cost(c.getKey().get(0), c.getKey().get(1), (double) c.getValue() / STEPS))
        .sorted(Comparator.comparingDouble(Cost::share).reversed())
        .toList();
  }

  private static Plan plan(Goal goal) {
    return Planner.plan(goal, new Waves(List.of(goal)));
  }

  private static int passes(Plan plan) {
    return (int) plan.passes().stream().filter(pass -> !pass.isEmpty()).count();
  }
}
