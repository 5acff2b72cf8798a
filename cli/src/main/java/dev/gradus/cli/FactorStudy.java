package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.djl.RankCurve;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What factors make of examples.
 *
 * @param features what they stand for
 * @param scores of each example
 * @param labels the class of each example
 * @param explained how much of the features the factors explain, up to 1
 * @param attributes what single factors may tell
 * @param factors one for each factor
 */
record FactorStudy(
    FactorFeatures features,
    List<float[]> scores,
    List<Integer> labels,
    double explained,
    List<Attribute> attributes,
    List<Factor> factors) {

  /**
   * A factor.
   *
   * @param number from 0
   * @param zeros which share of the examples does not use it
   * @param mean its mean score
   * @param areas for each attribute the area under the ROC curve of its scores
   */
  record Factor(int number, double zeros, double mean, List<Double> areas) {}

  /**
   * Looks at examples.
   *
   * @param descriptions attributes beside the classes
   */
  static FactorStudy of(
      FactorFeatures features, Examples examples, Task task, List<String> descriptions) {
    if (!(task instanceof Task.Classification classification)) {
      throw new UserException(
          "Labels of the run are no classes, so factors can't be held against them.");
    }
    var attributes = Attribute.all(classification.classes(), descriptions);
    var activations = features.activations().of(examples);
    float[][] all = features.dictionary().scores(activations);
    var scores = List.of(all);
    var labels = labels(examples);
    var factors =
        IntStream.range(0, features.dictionary().rank())
            .mapToObj(number -> factor(number, scores, labels, attributes))
            .toList();
    double explained = features.dictionary().explained(activations, all);
    return new FactorStudy(features, scores, labels, explained, attributes, factors);
  }

  private static List<Integer> labels(Examples examples) {
    var target = new float[1];
    var labels = new ArrayList<Integer>();
    for (int index = 0; index < examples.size(); index++) {
      examples.target(index, target, 0);
      labels.add((int) target[0]);
    }
    return labels;
  }

  private static Factor factor(
      int number, List<float[]> scores, List<Integer> labels, List<Attribute> attributes) {
    double sum = 0;
    int zeros = 0;
    for (float[] example : scores) {
      sum += example[number];
      zeros += example[number] == 0 ? 1 : 0;
    }
    var areas = new ArrayList<Double>();
    for (var attribute : attributes) {
      areas.add(area(number, scores, labels, attribute));
    }
    return new Factor(
        number, (double) zeros / scores.size(), sum / scores.size(), List.copyOf(areas));
  }

  private static double area(
      int number, List<float[]> scores, List<Integer> labels, Attribute attribute) {
    var curve = new RankCurve(scores.size());
    for (int index = 0; index < scores.size(); index++) {
      curve.add(scores.get(index)[number], attribute.classes().contains(labels.get(index)));
    }
    return curve.area();
  }

  /** Which share of all scores is 0. */
  double zeros() {
    return factors.stream().mapToDouble(Factor::zeros).average().orElseThrow();
  }

  /** The factor that tells an attribute best. */
  Factor best(int attribute) {
    return factors.stream()
        .max(Comparator.comparingDouble(factor -> known(factor.areas().get(attribute))))
        .orElseThrow();
  }

  /** An area that can be compared; of an attribute that none or all have there is none. */
  private static double known(double area) {
    return Double.isNaN(area) ? 0 : area;
  }

  /** The examples that use a factor most, no more than there are users. */
  List<Integer> users(int factor, int count) {
    return IntStream.range(0, scores.size())
        .filter(index -> scores.get(index)[factor] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(index -> -scores.get(index)[factor]))
        .limit(count)
        .toList();
  }
}
