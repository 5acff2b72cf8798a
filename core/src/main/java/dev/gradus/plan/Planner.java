package dev.gradus.plan;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Attempt.Placed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Turns a goal into a plan. */
public final class Planner {
  /** A division or root takes about as long as moving so many bytes within a cache. */
  private static final int BYTES_PER_SLOW = 12;

  private final Goal goal;
  private final Residence residence;
  private final Depths depths;
  private final int gateDepth;
  private final int lastWave;
  private final Set<Expression> required;
  private final Map<Fold, Integer> foldPass = new LinkedHashMap<>();

  private Planner(Goal goal, Waves waves, Residence residence) {
    this.goal = goal;
    this.residence = residence;
    this.depths = new Depths(waves);
    this.gateDepth = goal.gate().map(depths::of).orElse(0);
    this.lastWave = waves.all().isEmpty() ? 0 : waves.all().last();
    this.required = Equations.reachable(goal.required());
    placeFolds();
  }

  /**
   * Plans one tensor's step.
   *
   * @param goal what is to be computed
   * @param waves the depths of folds over the model, found over all tensors of the optimizer
   * @return the plan that moves the fewest bytes among those tried
   */
  public static Plan plan(Goal goal, Waves waves) {
    return plan(goal, waves, Residence.MEMORY);
  }

  /**
   * Plans the step of a tensor that lies somewhere.
   *
   * @param goal what is to be computed
   * @param waves the depths of folds over the model, found over all tensors of the optimizer
   * @param residence where the tensor lies between passes
   * @return the plan that costs least among those tried
   */
  public static Plan plan(Goal goal, Waves waves, Residence residence) {
    var planner = new Planner(goal, waves, residence);
    return planner.describe(planner.cheapest());
  }

  private void placeFolds() {
    for (Expression e : required) {
      if (e instanceof Fold fold && fold.readsElements()) {
        foldPass.put(fold, depths.of(fold) - 1);
      }
    }
  }

  /** Keeps values in memory between passes, one by one, as long as that costs less. */
  private Attempt cheapest() {
    var spills = new ArrayList<Placed>();
    Attempt best = attempt(spills).orElseThrow();
    while (true) {
      Attempt better = best;
      Placed chosen = null;
      for (Placed candidate : candidates(best)) {
        spills.add(candidate);
        Optional<Attempt> tried = attempt(spills);
        spills.removeLast();
        if (tried.isPresent() && cost(tried.get()) < cost(better)) {
          better = tried.get();
          chosen = candidate;
        }
      }
      if (chosen == null) {
        return best;
      }
      spills.add(chosen);
      best = better;
    }
  }

  /** In bytes moved. */
  private int cost(Attempt attempt) {
    int slow = residence == Residence.CACHE ? attempt.slowOperations() * BYTES_PER_SLOW : 0;
    return attempt.bytesMoved() + slow;
  }

  private Optional<Attempt> attempt(List<Placed> spills) {
    var earliest = new HashMap<Slot, Integer>();
    goal.elementNext()
        .forEach((slot, value) -> earliest.put(slot, Math.max(gateDepth, depths.of(value))));
    return Attempt.settle(goal, foldPass, earliest, List.copyOf(spills));
  }

  private List<Placed> candidates(Attempt best) {
    var candidates = new ArrayList<Placed>();
    goal.elementNext()
        .forEach(
            (slot, value) ->
                Equations.reachable(List.of(value)).stream()
                    .filter(e -> e instanceof Operation && !e.level().isScalar())
                    .filter(e -> Math.max(gateDepth, depths.of(e)) < best.finalPass(slot))
                    .map(e -> new Placed(new Store(slot, e), Math.max(gateDepth, depths.of(e))))
                    .forEach(candidates::add));
    if (residence == Residence.CACHE && best.hasFreeScratch()) {
      candidates.addAll(scratchCandidates(best));
    }
    return candidates;
  }

  /** Other tensors use the same scratch while a tensor waits for a fold over the model. */
  private List<Placed> scratchCandidates(Attempt best) {
    return required.stream()
        .filter(Attempt::isSlow)
        .map(e -> new Placed(new Store(Plan.SCRATCH, e), Math.max(lastWave, depths.of(e))))
        .filter(placed -> placed.pass() < best.passes() - 1)
        .toList();
  }

  private Plan describe(Attempt attempt) {
    int bytesMoved = attempt.bytesMoved();
    SequencedMap<String, Expression> measured = freeMeasures(attempt);
    var passes = new ArrayList<Pass>();
    for (int p = 0; p < attempt.passes(); p++) {
      passes.add(attempt.pass(p));
    }
    return new Plan(passes, goal.scalarNext(), measured, scalarDepths(measured), bytesMoved);
  }

  /** Measures whose folds fit into the passes as they are. */
  private SequencedMap<String, Expression> freeMeasures(Attempt attempt) {
    var kept = new LinkedHashMap<String, Expression>();
    goal.measured()
        .forEach(
            (name, value) -> {
              if (placeMeasure(attempt, value)) {
                kept.put(name, value);
              }
            });
    return kept;
  }

  private boolean placeMeasure(Attempt attempt, Expression value) {
    var added = new LinkedHashSet<>(Equations.reachable(List.of(value)));
    added.removeAll(required);
    return added.stream().noneMatch(Planner::readsRows)
        && added.stream()
            .filter(e -> e instanceof Fold fold && fold.readsElements())
            .allMatch(fold -> placeFold(attempt, (Fold) fold));
  }

  /** A measure that reads rows would make a pass cut its sums by row, which changes their bits. */
  private static boolean readsRows(Expression e) {
    return e.operands().stream()
        .anyMatch(
            operand ->
                operand instanceof Fold rows
                    && rows.readsElements()
                    && !(e instanceof Fold total && total.isTotalOf(rows)));
  }

  private boolean placeFold(Attempt attempt, Fold fold) {
    if (foldPass.containsKey(fold)) {
      return true;
    }
    for (int p = depths.of(fold) - 1; p < attempt.passes(); p++) {
      if (attempt.isFree(fold.operand(), p)) {
        foldPass.put(fold, p);
        depths.delay(fold, p + 1);
        return true;
      }
    }
    return false;
  }

  private SequencedMap<Expression, Integer> scalarDepths(
      SequencedMap<String, Expression> measured) {
    var roots = new ArrayList<>(goal.required());
    roots.addAll(measured.values());
    var result = new LinkedHashMap<Expression, Integer>();
    for (Expression e : Equations.reachable(roots)) {
      if (e.level().isScalar()) {
        result.put(e, depths.of(e));
      }
    }
    return result;
  }
}
