package dev.gradus.plan;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the overwritten slots hold between two passes; all others still hold their old value. */
final class Contents {
  private final Map<Slot, Expression> values = new LinkedHashMap<>();
  private final Map<Expression, Slot> holders = new LinkedHashMap<>();

  Contents after(List<Store> stores, Goal goal) {
    var result = new Contents();
    result.values.putAll(values);
    stores.forEach(store -> result.values.put(store.slot(), store.value()));
    result.values.forEach(
        (slot, value) -> {
          if (goal.isExact(slot)) {
            result.holders.put(value, slot);
          }
        });
    return result;
  }

  /** The stored values that can be read back, and where. */
  Map<Expression, Slot> holders() {
    return holders;
  }

  boolean isOverwritten(Slot slot) {
    return values.containsKey(slot);
  }
}
