package dev.gradus.djl.instance;

import dev.gradus.djl.Batch;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The temperatures σ = exp s of instances or classes, and how momentum moves those that a batch
 * touches: a temperature without a gradient keeps its value and its momentum.
 */
final class Temperatures {
  /** The derivatives of a batch by one s, and how many of its instances have it. */
  private static final class Touched {
    private double derivative;
    private int count;
  }

  private static final double LARGEST = Float.MAX_VALUE;

  private final DataParameters.Learning learning;
  private final Owner owner;
  private final Rates logarithms;
  private final Rates momenta;
  private final Map<Integer, Touched> touched = new TreeMap<>();
  private boolean begun;

  /**
   * Temperatures that are all the same.
   *
   * @param name what the tensor of the logarithms is called
   * @param count how many
   * @param initial the temperature
   */
  Temperatures(
      String name, int count, double initial, DataParameters.Learning learning, Owner owner) {
    this.learning = learning;
    this.owner = owner;
    logarithms = new Rates(name, count);
    momenta = new Rates(name + "-momenta", count);
    for (int index = 0; index < count; index++) {
      logarithms.set(index, Math.log(initial));
      momenta.set(index, 0);
    }
  }

  double temperature(Batch batch, int place) {
    return Math.exp(logarithm(owner.of(batch, place)));
  }

  /** After a step every s is within the bounds, those outside them from the start too. */
  private double logarithm(int index) {
    double value = logarithms.get(index);
    return begun ? learning.bounded(value) : value;
  }

  /** Adds the derivative of the loss of the instance at a place by its σ. */
  void add(Batch batch, int place, double derivative) {
    int index = owner.of(batch, place);
    var sum = touched.computeIfAbsent(index, _ -> new Touched());
    sum.derivative += derivative * Math.exp(logarithm(index));
    sum.count++;
  }

  /** Moves the temperatures that the batch has touched. */
  void step(int batchSize) {
    touched.forEach((index, sum) -> step(index, gradient(index, sum, batchSize)));
    begun = true;
    touched.clear();
  }

  /** The mean loss of the batch and ½ decay × s² for each of its instances, by s. */
  private double gradient(int index, Touched sum, int batchSize) {
    return sum.derivative / batchSize + learning.decay() * sum.count * logarithm(index);
  }

  /** Takes a step by a gradient; 0 changes nothing. */
  void step(int index, double gradient) {
    if (gradient != 0) {
      double momentum = learning.momentum() * momenta.get(index) + gradient;
      momenta.set(index, momentum);
      logarithms.set(index, learning.bounded(logarithms.get(index) - learning.rate() * momentum));
    }
  }

  /** Leaves a step out. */
  void forget() {
    touched.clear();
  }

  List<Rates> state() {
    return List.of(logarithms, momenta);
  }

  /** Goes on from a state that was saved behind a step. */
  void restore(Map<String, Tensor> saved) {
    state().forEach(numbers -> numbers.restore(SavedNumbers.of(numbers.tensor(), saved, -LARGEST)));
    begun = true;
  }
}
