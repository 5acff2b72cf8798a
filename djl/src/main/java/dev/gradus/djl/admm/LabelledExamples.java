package dev.gradus.djl.admm;

import dev.gradus.UserException;
import dev.gradus.djl.Batch;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.StableHash;
import java.util.List;

/**
 * Of which training examples the label is used: of those whose name, hashed with a seed, falls into
 * a share of all hashes. The others weigh nothing in the loss, these so much more that the mean
 * over all examples is that of the labelled.
 */
final class LabelledExamples {
  /** All of them. */
  static final LabelledExamples ALL = new LabelledExamples(new boolean[0], 0);

  private static final int DROPPED_BITS = 11;
  private static final double FROM_53_BITS = 0x1p-53;

  private final boolean[] isLabelled;
  private final int count;
  private boolean told;

  private LabelledExamples(boolean[] isLabelled, int count) {
    this.isLabelled = isLabelled;
    this.count = count;
    told = isAll();
  }

  /**
   * Chooses examples.
   *
   * @param share how many of them about, in (0, 1]; 1 for all
   * @param seed decides which
   * @throws UserException if there is none among them
   */
  static LabelledExamples of(Examples examples, double share, long seed) {
    if (share == 1) {
      return ALL;
    }
    var isLabelled = new boolean[examples.size()];
    int count = 0;
    for (int index = 0; index < isLabelled.length; index++) {
      isLabelled[index] = place(examples.identity(index), seed) < share;
      count += isLabelled[index] ? 1 : 0;
    }
    if (count == 0) {
      throw new UserException(
          "None of the %d training examples is labelled if a share of %s is; take a larger share."
              .formatted(isLabelled.length, share));
    }
    return new LabelledExamples(isLabelled, count);
  }

  /** Where an example is, from 0 to below 1. */
  private static double place(String identity, long seed) {
    return (StableHash.of(StableHash.of(identity), seed) >>> DROPPED_BITS) * FROM_53_BITS;
  }

  private boolean isAll() {
    return isLabelled.length == count;
  }

  boolean has(int example) {
    return isAll() || isLabelled[example];
  }

  /** Multiplies what examples weigh in the loss. */
  void weigh(Batch batch, float[] weights) {
    for (int place = 0; place < weights.length && !isAll(); place++) {
      weights[place] *= has(batch.index(place)) ? (float) isLabelled.length / count : 0;
    }
  }

  /** How many there are, once, unless they are all. */
  List<String> remarks() {
    if (told) {
      return List.of();
    }
    told = true;
    return List.of(
        "Of the %d training examples %d are labelled; the others teach the factorisation alone."
            .formatted(isLabelled.length, count));
  }
}
