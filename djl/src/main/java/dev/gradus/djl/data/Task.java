package dev.gradus.djl.data;

import java.util.Collections;
import java.util.List;

/** What is to be learned, and so what a target means and which output the network needs. */
public sealed interface Task {

  /**
   * How many outputs the network needs per target position.
   *
   * @return the number of classes, of target columns or of characters
   */
  int outputs();

  /**
   * One class out of several. A target is the class number.
   *
   * @param classes the names of the classes, in the order of their numbers; at least 2
   * @param classWeights what the loss of an example of each class is multiplied by; all 1 where
   *     classes are not weighted
   */
  record Classification(List<String> classes, List<Double> classWeights) implements Task {
    /** Copies both lists and checks that they are of the same length. */
    public Classification {
      classes = List.copyOf(classes);
      classWeights = List.copyOf(classWeights);
      if (classes.size() != classWeights.size()) {
        throw new IllegalArgumentException(
            classWeights.size() + " class weights for " + classes.size() + " classes");
      }
    }

    /**
     * Classes of equal weight.
     *
     * @param classes the names of the classes, in the order of their numbers
     */
    public Classification(List<String> classes) {
      this(classes, Collections.nCopies(classes.size(), 1.0));
    }

    @Override
    public int outputs() {
      return classes.size();
    }

    /**
     * Whether any class counts differently from another.
     *
     * @return false when all class weights are 1
     */
    public boolean weighted() {
      return classWeights.stream().anyMatch(weight -> weight != 1.0);
    }
  }

  /**
   * Numbers. A target is standardised: the value in the user's unit is {@code target * scale +
   * mean}.
   *
   * @param targets the names of the target columns; at least 1
   * @param means the mean of each column in the user's unit, over the training part
   * @param scales the standard deviation of each column in the user's unit, over the training part;
   *     1 for a constant column
   */
  record Regression(List<String> targets, List<Double> means, List<Double> scales) implements Task {
    /** Copies the lists and checks that they are of the same length. */
    public Regression {
      targets = List.copyOf(targets);
      means = List.copyOf(means);
      scales = List.copyOf(scales);
      if (means.size() != targets.size() || scales.size() != targets.size()) {
        throw new IllegalArgumentException("one mean and one scale per target: " + targets);
      }
    }

    @Override
    public int outputs() {
      return targets.size();
    }
  }

  /**
   * The next character at every position of a text. Inputs and targets are character numbers.
   *
   * @param vocabulary the characters, in the order of their numbers; each string is one Unicode
   *     code point
   */
  record NextToken(List<String> vocabulary) implements Task {
    /** Copies the list. */
    public NextToken {
      vocabulary = List.copyOf(vocabulary);
    }

    @Override
    public int outputs() {
      return vocabulary.size();
    }
  }
}
