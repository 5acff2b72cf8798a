package dev.gradus.plan;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Level;
import dev.gradus.equation.Slot;
import java.util.List;
import java.util.SequencedMap;

/**
 * How one tensor's step is carried out.
 *
 * @param passes the walks over memory in order; pass p may use scalars of depth p and below
 * @param scalarNext the next value of every slot that holds scalars, written after the last pass
 * @param measured scalars for reports that cost no further pass or load
 * @param depths for each scalar the plan needs, how many passes must be complete before it can be
 *     computed; every scalar comes after its own operands
 * @param bytesMoved bytes read and written per weight
 */
public record Plan(
    List<Pass> passes,
    SequencedMap<Slot, Expression> scalarNext,
    SequencedMap<String, Expression> measured,
    SequencedMap<Expression, Integer> depths,
    int bytesMoved) {
  /**
   * A value for every weight that lives only from one pass to a later one of the same step. Plans
   * for tensors in {@linkplain Residence#CACHE a cache} may use it.
   */
  public static final Slot SCRATCH = Slot.of("scratch between passes", Level.ELEMENT);

  /** Copies the passes. */
  public Plan {
    passes = List.copyOf(passes);
  }

  /**
   * Whether a pass stores to {@link #SCRATCH}.
   *
   * @return true if memory must be given for it
   */
  public boolean usesScratch() {
    return passes.stream()
        .flatMap(pass -> pass.stores().stream())
        .anyMatch(store -> store.slot() == SCRATCH);
  }
}
