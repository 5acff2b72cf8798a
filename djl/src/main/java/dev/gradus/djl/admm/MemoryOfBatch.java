package dev.gradus.djl.admm;

import dev.gradus.djl.Batch;
import java.util.HashMap;
import java.util.Map;

/** Remembers the variables of the parts of one batch from one iteration to the next. */
final class MemoryOfBatch implements Memory {
  private final Map<Integer, Rows[]> parts = new HashMap<>();

  @Override
  public void begin() {
    parts.clear();
  }

  @Override
  public boolean recall(Batch part, int first, Point point) {
    var kept = parts.get(first);
    if (kept == null) {
      return false;
    }
    for (int cut = 0; cut < point.cuts(); cut++) {
      point.variables(cut, kept[2 * cut].in(point.variables(cut)));
      point.duals(cut, kept[2 * cut + 1].in(point.duals(cut)));
    }
    return true;
  }

  @Override
  public void keep(Batch part, int first, Point point) {
    var rows = new Rows[2 * point.cuts()];
    for (int cut = 0; cut < point.cuts(); cut++) {
      rows[2 * cut] = Rows.of(point.variables(cut));
      rows[2 * cut + 1] = Rows.of(point.duals(cut));
    }
    parts.put(first, rows);
  }
}
