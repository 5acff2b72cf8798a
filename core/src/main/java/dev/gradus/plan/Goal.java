package dev.gradus.plan;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Format;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What a plan has to compute.
 *
 * @param next the value of each slot after the step
 * @param measured scalars wanted for a report if they cost nothing
 * @param gate a fold over the model that must be complete before anything is stored
 * @param format how weight and gradient lie in memory
 */
public record Goal(
    SequencedMap<Slot, Expression> next,
    SequencedMap<String, Expression> measured,
    Optional<ModelFold> gate,
    Format format) {
  /** Makes both maps unmodifiable. */
  public Goal {
    next = Collections.unmodifiableSequencedMap(next);
    measured = Collections.unmodifiableSequencedMap(measured);
  }

  /**
   * A goal for weights and gradients in single precision.
   *
   * @param next the value of each slot after the step
   * @param measured scalars wanted for a report if they cost nothing
   * @param gate a fold over the model that must be complete before anything is stored
   */
  public Goal(
      SequencedMap<Slot, Expression> next,
      SequencedMap<String, Expression> measured,
      Optional<ModelFold> gate) {
    this(next, measured, gate, Format.FLOAT32);
  }

  /**
   * {@return how the numbers of a slot lie in memory}
   *
   * @param slot any slot with a number for every weight
   */
  public Format formatOf(Slot slot) {
    return slot == Facts.WEIGHT || slot == Facts.GRADIENT ? format : Format.FLOAT32;
  }

  /** Whether a slot gives back exactly what was stored to it. */
  boolean isExact(Slot slot) {
    return formatOf(slot) == Format.FLOAT32;
  }

  /**
   * The folds over the model that the goal needs.
   *
   * @return the folds by name
   */
  public Map<String, ModelFold> modelFolds() {
    var folds = new HashMap<String, ModelFold>();
    for (Expression e : Equations.reachable(required())) {
      if (e instanceof ModelFold fold) {
        folds.put(fold.name(), fold);
      }
    }
    return folds;
  }

  SequencedMap<Slot, Expression> elementNext() {
    return changed(slot -> !slot.level().isScalar());
  }

  SequencedMap<Slot, Expression> scalarNext() {
    return changed(slot -> slot.level().isScalar());
  }

  /** All values that must be computed whatever it costs. */
  List<Expression> required() {
    var roots = new ArrayList<Expression>(next.values());
    gate.ifPresent(roots::add);
    if (!isExact(Facts.WEIGHT)) {
      roots.add(Facts.ROUNDING_KEY);
    }
    return roots;
  }

  private SequencedMap<Slot, Expression> changed(Predicate<Slot> which) {
    var result = new LinkedHashMap<Slot, Expression>();
    for (Map.Entry<Slot, Expression> entry : next.entrySet()) {
      if (which.test(entry.getKey()) && entry.getKey() != entry.getValue()) {
        result.put(entry.getKey(), entry.getValue());
      }
    }
    return result;
  }
}
