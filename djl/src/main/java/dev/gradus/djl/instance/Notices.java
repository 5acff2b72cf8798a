package dev.gradus.djl.instance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a method has noticed in a run; each kind of thing is told once. */
final class Notices {
  /** A kind of thing. */
  enum Kind {
    /** Inner products that are not numbers. */
    NOT_FINITE,
    /** A batch of which no example counts. */
    NOTHING_COUNTS,
    /** Rates that say nothing of the examples. */
    NO_SEPARATION
  }

  private final Set<Kind> told = EnumSet.noneOf(Kind.class);
  private final List<String> waiting = new ArrayList<>();

  /** Tells of something, unless its kind has been told of. */
  void tell(Kind kind, String sentence) {
    if (told.add(kind)) {
      waiting.add(sentence);
    }
  }

  /** Tells of inner products that are not finite. */
  void products(long step, double[] products) {
    int count = 0;
    for (double product : products) {
      count += Double.isFinite(product) ? 0 : 1;
    }
    if (count > 0) {
      tell(
          Kind.NOT_FINITE,
          "%2$d of %3$d inner products of step %1$d are not finite and left out; lower the learning rate if the loss grows too."
              .formatted(step + 1, count, products.length));
    }
  }

  /** Tells of a batch of which no example counts. */
  void nothingCounts(long step, int size, String why) {
    tell(
        Kind.NOTHING_COUNTS,
        "In step %d %s, so its batch of %d teaches nothing; if learning stands still, look whether the trusted labels are right."
            .formatted(step + 1, why, size));
  }

  /** What has not been given yet. */
  List<String> taken() {
    var sentences = List.copyOf(waiting);
    waiting.clear();
    return sentences;
  }
}
