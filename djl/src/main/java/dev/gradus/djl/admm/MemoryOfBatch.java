package dev.gradus.djl.admm;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
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
    if (kept != null) {
      put(kept, point);
    }
    return kept != null;
  }

  private static void put(Rows[] kept, Point point) {
    for (int cut = 0; cut < point.cuts(); cut++) {
      point.variables(cut, kept[2 * cut].in(point.input(0)));
      point.duals(cut, kept[2 * cut + 1].in(point.input(0)));
    }
  }

  @Override
  public Point kept(Batch part, int first, NDArray inputs) {
    var kept = requireNonNull(parts.get(first));
    var point = Point.of(inputs, kept.length / 2);
    put(kept, point);
    return point;
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
