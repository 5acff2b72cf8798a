package dev.gradus.djl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * {@code loss}, {@code accuracy}, {@code auc} and {@code f1} of a classification.
 *
 * <p>{@code auc} is the mean over the classes of the area under the ROC curve of the class's
 * probability against the rest (with two classes both areas are equal); classes without an example,
 * or with nothing but examples, are left out. {@code f1} is the mean over the classes that occur
 * among targets or answers.
 */
final class ClassificationMeter implements Meter {
  private final int classes;
  private final long[][] counts;
  private final List<float[]> scores = new ArrayList<>();
  private final List<Integer> targets = new ArrayList<>();
  private final Mean loss = new Mean();

  ClassificationMeter(int classes) {
    this.classes = classes;
    counts = new long[classes][classes];
  }

  @Override
  public void add(float[] outputs, float[] targets, float[] losses) {
    for (int place = 0; place < targets.length; place++) {
      int target = (int) targets[place];
      counts[target][Meter.largest(outputs, place * classes, classes)]++;
      scores.add(logarithmicSoftmax(outputs, place * classes));
      this.targets.add(target);
    }
    loss.add(losses);
  }

  @Override
  public SequencedMap<String, Double> values() {
    var values = new LinkedHashMap<String, Double>();
    values.put("loss", loss.value());
    values.put("accuracy", (double) sum(each -> counts[each][each]) / targets.size());
    values.put("auc", meanOverClasses(this::area));
    values.put("f1", meanOverClasses(this::f1));
    return Meter.defined(values);
  }

  private double f1(int each) {
    long answered = sum(target -> counts[target][each]);
    long given = sum(answer -> counts[each][answer]);
    return 2.0 * counts[each][each] / (answered + given);
  }

  private double area(int each) {
    var curve = new RankCurve(targets.size());
    for (int place = 0; place < targets.size(); place++) {
      curve.add(scores.get(place)[each], targets.get(place) == each);
    }
    return curve.area();
  }

  private double meanOverClasses(IntToDoubleFunction value) {
    return IntStream.range(0, classes)
        .mapToDouble(value)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private long sum(IntToLongFunction term) {
    return IntStream.range(0, classes).mapToLong(term).sum();
  }

  private float[] logarithmicSoftmax(float[] outputs, int from) {
    double largest = outputs[from + Meter.largest(outputs, from, classes)];
    double sum = 0;
    for (int each = 0; each < classes; each++) {
      sum += Math.exp(outputs[from + each] - largest);
    }
    var scores = new float[classes];
    for (int each = 0; each < classes; each++) {
      scores[each] = (float) (outputs[from + each] - largest - Math.log(sum));
    }
    return scores;
  }
}
