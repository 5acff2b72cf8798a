package dev.gradus.cli.data;

import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the loss of an example of each class is multiplied by. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Lets rare classes count more.
   *
   * @param set any data set
   * @return the same with balanced class weights, if it is a classification
   */
  public static DataSet balanced(DataSet set) {
    return set.task() instanceof Task.Classification(var classes, _)
        ? set.with(new Task.Classification(classes, of(labels(set.train()), classes.size(), true)))
        : set;
  }

  private static int[] labels(Examples examples) {
    var target = new float[1];
    return IntStream.range(0, examples.size())
        .map(
            index -> {
              examples.target(index, target, 0);
              return (int) target[0];
            })
        .toArray();
  }

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
