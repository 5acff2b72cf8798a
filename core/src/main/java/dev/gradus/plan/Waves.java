package dev.gradus.plan;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Expression.ModelFold;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The depth of every fold over the model: the greatest over all tensors that carry its name,
 * because all of them wait for the last.
 */
public final class Waves {
  private final Map<String, Integer> depths = new HashMap<>();

  /**
   * Finds the waves of some tensors that take steps together.
   *
   * @param goals what is computed for each tensor
   */
  public Waves(Collection<Goal> goals) {
    while (raise(goals)) {
      // a fold that waits longer may make others wait longer
    }
  }

  /**
   * The depth of a fold.
   *
   * @param name the fold's name
   * @return its wave; 0 for a name that no tensor carries
   */
  public int of(String name) {
    return depths.getOrDefault(name, 0);
  }

  /**
   * The depths at which all tensors wait for each other.
   *
   * @return each wave once, ascending
   */
  public SortedSet<Integer> all() {
    return new TreeSet<>(depths.values());
  }

  private boolean raise(Collection<Goal> goals) {
    boolean changed = false;
    for (Goal goal : goals) {
      var current = new Depths(this);
      for (Expression e : Equations.reachable(goal.required())) {
        if (e instanceof ModelFold fold
            && current.of(fold) > depths.getOrDefault(fold.name(), -1)) {
          depths.put(fold.name(), current.of(fold));
          changed = true;
        }
      }
    }
    return changed;
  }
}
