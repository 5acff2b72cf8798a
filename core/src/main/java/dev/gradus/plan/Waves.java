package dev.gradus.plan;

import dev.gradus.UserException;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.ModelFold;
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
   * @throws UserException if two tensors need each other's folds in opposite orders
   */
  public Waves(Collection<Goal> goals) {
    // Each round settles at least one more name of a chain, so a longer search goes in a circle.
    for (int round = 0; raise(goals); round++) {
      if (round > depths.size()) {
        throw new UserException(
            "Groups fold over the model under the names "
                + new TreeSet<>(depths.keySet())
                + " in opposite orders, so each would wait for the other; give the folds of one"
                + " group other labels.");
      }
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
