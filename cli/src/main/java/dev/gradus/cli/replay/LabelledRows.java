package dev.gradus.cli.replay;

import dev.gradus.UserException;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples of a recorded run.
 *
 * @param inputs the numbers of each
 * @param labels the class of each
 */
record LabelledRows(List<double[]> inputs, List<Integer> labels) {

  /** Reads examples of a given width. */
  static LabelledRows of(Value numbers, Value labels, int width, int classes) {
    double[] all = numbers.numbers();
    List<Integer> targets = labels.elements().stream().map(label -> label.index(classes)).toList();
    if (all.length != (long) targets.size() * width) {
      throw new UserException(
          "%s has %d numbers, but %d examples of %d inputs need %d."
              .formatted(
                  numbers.place(),
                  all.length,
                  targets.size(),
                  width,
                  (long) targets.size() * width));
    }
    var rows = new ArrayList<double[]>();
    for (int row = 0; row < targets.size(); row++) {
      var numbersOfRow = new double[width];
      System.arraycopy(all, row * width, numbersOfRow, 0, width);
      rows.add(numbersOfRow);
    }
    return new LabelledRows(rows, targets);
  }

  /** The loss of an example; its gradient replaces what the array held. */
  double loss(TwoLayers network, double[] numbers, int index, double[] gradient) {
    return network.loss(numbers, inputs.get(index), labels.get(index), gradient);
  }

  /** The mean loss of all examples; its gradient is added to the array. */
  double meanLoss(TwoLayers network, double[] numbers, double[] gradient) {
    var own = new double[gradient.length];
    double sum = 0;
    for (int index = 0; index < inputs.size(); index++) {
      sum += loss(network, numbers, index, own);
      for (int i = 0; i < own.length; i++) {
        gradient[i] += own[i] / inputs.size();
      }
    }
    return sum / inputs.size();
  }
}
