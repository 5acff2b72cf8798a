package dev.gradus.plan;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Slot;
import java.util.List;
import java.util.Map;

/**
 * One walk over a tensor's memory.
 *
 * @param held values per weight that lie in memory when the pass begins, and where; a slot whose
 *     old value is still there holds itself
 * @param folds what the pass folds to rows
 * @param stores what the pass writes, after everything it reads at the same position
 */
public record Pass(Map<Expression, Slot> held, List<Fold> folds, List<Store> stores) {
  /** Copies the collections. */
  public Pass {
    held = Map.copyOf(held);
    folds = List.copyOf(folds);
    stores = List.copyOf(stores);
  }

  /**
   * Whether the pass has nothing to do and memory need not be walked.
   *
   * @return true without folds and stores
   */
  public boolean isEmpty() {
    return folds.isEmpty() && stores.isEmpty();
  }
}
