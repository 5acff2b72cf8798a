package dev.gradus.cli.replay;

import java.util.List;

/**
 * The network of recorded instance rates, y = W₂ act(W₁ x + b₁) + b₂ under cross entropy, in double
 * precision. Its numbers are one array: W₁, b₁, W₂, b₂, each row-major.
 *
 * @param inputs how many numbers an example has
 * @param hidden how many hidden units
 * @param classes how many outputs
 * @param activation what hidden units do
 */
record TwoLayers(int inputs, int hidden, int classes, Activation activation) {

  /** What a hidden unit does, and the derivative of that by what it did. */
  enum Activation {
    /** The hyperbolic tangent. */
    TANH {
      @Override
      double of(double sum) {
        return Math.tanh(sum);
      }

      @Override
      double slope(double value) {
        return 1 - value * value;
      }
    },
    /** max(0, ·). */
    RELU {
      @Override
      double of(double sum) {
        return Math.max(0, sum);
      }

      @Override
      double slope(double value) {
        return value > 0 ? 1 : 0;
      }
    };

    abstract double of(double sum);

    abstract double slope(double value);
  }

  private int firstBias() {
    return hidden * inputs;
  }

  private int secondWeight() {
    return firstBias() + hidden;
  }

  private int secondBias() {
    return secondWeight() + classes * hidden;
  }

  /** How many numbers W₁, b₁, W₂ and b₂ have. */
  List<Long> lengths() {
    return List.of((long) hidden * inputs, (long) hidden, (long) classes * hidden, (long) classes);
  }

  /**
   * The loss of an example.
   *
   * @param numbers the network's numbers
   * @param x the example
   * @param label its class
   * @param gradient receives the derivatives of the loss by the numbers
   */
  double loss(double[] numbers, double[] x, int label, double[] gradient) {
    double[] active = layer(numbers, 0, firstBias(), x, hidden);
    for (int unit = 0; unit < hidden; unit++) {
      active[unit] = activation.of(active[unit]);
    }
    double[] outputs = layer(numbers, secondWeight(), secondBias(), active, classes);
    double logSum = logSum(outputs);
    var back = new double[hidden];
    for (int c = 0; c < classes; c++) {
      double error = Math.exp(outputs[c] - logSum) - (c == label ? 1 : 0);
      gradient[secondBias() + c] = error;
      for (int unit = 0; unit < hidden; unit++) {
        int at = secondWeight() + c * hidden + unit;
        gradient[at] = error * active[unit];
        back[unit] += error * numbers[at];
      }
    }
    throughFirst(x, active, back, gradient);
    return logSum - outputs[label];
  }

  private void throughFirst(double[] x, double[] active, double[] back, double[] gradient) {
    for (int unit = 0; unit < hidden; unit++) {
      double error = back[unit] * activation.slope(active[unit]);
      gradient[firstBias() + unit] = error;
      for (int k = 0; k < inputs; k++) {
        gradient[unit * inputs + k] = error * x[k];
      }
    }
  }

  private static double[] layer(double[] numbers, int weight, int bias, double[] x, int units) {
    var sums = new double[units];
    for (int unit = 0; unit < units; unit++) {
      double sum = numbers[bias + unit];
      for (int k = 0; k < x.length; k++) {
        sum += numbers[weight + unit * x.length + k] * x[k];
      }
      sums[unit] = sum;
    }
    return sums;
  }

  private static double logSum(double[] outputs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double output : outputs) {
      largest = Math.max(largest, output);
    }
    double sum = 0;
    for (double output : outputs) {
      sum += Math.exp(output - largest);
    }
    return largest + Math.log(sum);
  }
}
