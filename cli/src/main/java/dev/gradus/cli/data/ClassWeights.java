package dev.gradus.cli.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What the loss of an example of each class is multiplied by. */
final class ClassWeights {
  private ClassWeights() {}

  /** All 1, or balanced: {@code examples / (classes * examples of the class)}. */
  static List<Double> of(int[] labels, int classes, boolean balanced) {
    if (!balanced) {
      return Collections.nCopies(classes, 1.0);
    }
    var counts = new int[classes];
    Arrays.stream(labels).forEach(label -> counts[label]++);
    return Arrays.stream(counts).mapToObj(count -> weight(labels.length, classes, count)).toList();
  }

  private static double weight(int examples, int classes, int count) {
    return count == 0 ? 1 : (double) examples / ((double) classes * count);
  }
}
