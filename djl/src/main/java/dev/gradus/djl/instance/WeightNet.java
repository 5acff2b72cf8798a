package dev.gradus.djl.instance;

import dev.gradus.safetensors.Tensor;
import java.util.Map;

/**
 * A small network that turns the loss of an example into its weight.
 *
 * <pre>
 * w(L) = sigmoid(Σⱼ vⱼ max(0, aⱼ x + bⱼ) + c)        x = L ÷ (1 + L)
 * </pre>
 *
 * <p>In the beginning every weight is ½, and the hidden units bend at values of x spread from 0 to
 * 1. No loss makes x larger than 1, so none can throw the network off.
 */
final class WeightNet {
  private final Rates numbers;
  private final int hidden;

  /** A network with so many hidden units. */
  WeightNet(String name, int hidden) {
    this.hidden = hidden;
    numbers = new Rates(name, size());
    for (int unit = 0; unit < hidden; unit++) {
      numbers.set(slope(unit), 1);
      numbers.set(offset(unit), -(double) unit / hidden);
      numbers.set(share(unit), 0);
    }
    numbers.set(constant(), 0);
  }

  /** How many numbers the network has. */
  int size() {
    return 3 * hidden + 1;
  }

  private static int slope(int unit) {
    return 3 * unit;
  }

  private static int offset(int unit) {
    return 3 * unit + 1;
  }

  private static int share(int unit) {
    return 3 * unit + 2;
  }

  private int constant() {
    return 3 * hidden;
  }

  /** The weight of an example, in (0, 1). */
  double weight(double loss) {
    double x = squeezed(loss);
    double sum = numbers.get(constant());
    for (int unit = 0; unit < hidden; unit++) {
      sum += numbers.get(share(unit)) * active(unit, x);
    }
    return 1 / (1 + Math.exp(-sum));
  }

  private static double squeezed(double loss) {
    return loss / (1 + loss);
  }

  private double active(int unit, double x) {
    return Math.max(0, numbers.get(slope(unit)) * x + numbers.get(offset(unit)));
  }

  /** Adds a multiple of the derivatives of the weight of an example by every number. */
  void addDerivatives(double loss, double factor, double[] to) {
    double x = squeezed(loss);
    double weight = weight(loss);
    double steepness = factor * weight * (1 - weight);
    for (int unit = 0; unit < hidden; unit++) {
      double active = active(unit, x);
      double through = active > 0 ? steepness * numbers.get(share(unit)) : 0;
      to[slope(unit)] += through * x;
      to[offset(unit)] += through;
      to[share(unit)] += steepness * active;
    }
    to[constant()] += steepness;
  }

  /** Adds to every number. */
  void add(double[] changes) {
    for (int index = 0; index < changes.length; index++) {
      numbers.set(index, numbers.get(index) + changes[index]);
    }
  }

  Tensor tensor() {
    return numbers.tensor();
  }

  void restore(Map<String, Tensor> saved) {
    numbers.restore(SavedNumbers.of(tensor(), saved, -Float.MAX_VALUE));
  }
}
