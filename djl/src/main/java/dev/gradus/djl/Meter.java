package dev.gradus.djl;

import dev.gradus.djl.data.Task;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Gathers a network's outputs on some examples and says how good they were. */
sealed interface Meter permits ClassificationMeter, RegressionMeter, TextMeter {

  static Meter of(Task task) {
    return switch (task) {
      case Task.Classification classification -> new ClassificationMeter(classification.outputs());
      case Task.Regression regression -> new RegressionMeter(regression.scales());
      case Task.NextToken text -> new TextMeter(text.outputs());
    };
  }

  /**
   * Adds a batch.
   *
   * @param outputs the outputs, example by example
   * @param targets the targets, example by example
   * @param losses the loss of each example
   */
  void add(float[] outputs, float[] targets, float[] losses);

  /** The metrics by name, without those that are not defined for these examples. */
  SequencedMap<String, Double> values();

  /** Leaves out what is not a finite number. */
  static SequencedMap<String, Double> defined(SequencedMap<String, Double> values) {
    var defined = new LinkedHashMap<String, Double>();
    values.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            defined.put(name, value);
          }
        });
    return defined;
  }

  /** The place of the largest of some neighbouring numbers, the first of equal ones. */
  static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int place = 1; place < count; place++) {
      if (values[from + place] > values[from + best]) {
        best = place;
      }
    }
    return best;
  }

  /** A mean over any number of numbers. */
  final class Mean {
    private double sum;
    private long count;

    void add(double value) {
      sum += value;
      count++;
    }

    void add(float[] values) {
      for (float value : values) {
        add(value);
      }
    }

    double value() {
      return sum / count;
    }
  }
}
