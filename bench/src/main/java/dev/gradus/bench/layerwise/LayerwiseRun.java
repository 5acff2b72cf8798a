package dev.gradus.bench.layerwise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.gradus.djl.Network;
import dev.gradus.djl.NetworkLayer;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.model.PlainMlp;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Layer-wise ADMM in one run, with the network {@code plain-mlp} and the initial weights that
 * {@code gradus train} gives it.
 *
 * @param seed decides the initial weights
 * @param rho the penalty
 * @param iterations how many, 1 or more
 */
record LayerwiseRun(long seed, double rho, int iterations) {

  /**
   * What came of it.
   *
   * @param iteration the first of those with the best validation accuracy, from 1
   * @param validation that accuracy, from 0 to 1
   * @param test the accuracy on test examples with the weights of that iteration; NaN if there are
   *     none
   * @param time for all iterations, validation among it
   */
  record Outcome(int iteration, double validation, double test, Duration time) {}

  Outcome on(DataSet data) {
    try (var network = new PlainMlp().network(data.train().inputShape(), data.task());
        var manager = NDManager.newBaseManager()) {
      network.initialise(data.train().inputShape(), seed);
      var train = WholePart.of(data.train(), manager);
      var classes = train.oneHot(data.task().outputs());
      var admm = new LayerwiseAdmm(train.rows(), classes, weights(network), rho);
      return best(admm, network, data);
    }
  }

  private Outcome best(LayerwiseAdmm admm, Network network, DataSet data) {
    long began = System.nanoTime();
    try (var manager = NDManager.newBaseManager()) {
      var validation = WholePart.of(data.validation(), manager);
      var weights = weights(network);
      var kept = weights.stream().map(NDArray::duplicate).toList();
      int best = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int iteration = 1; iteration <= iterations; iteration++) {
        admm.iterate();
        double accuracy = validation.accuracy(network);
        if (accuracy > highest) {
          best = iteration;
          highest = accuracy;
          copy(weights, kept);
        }
      }
      var time = Duration.ofNanos(System.nanoTime() - began);
      copy(kept, weights);
      return new Outcome(best, highest, test(network, data.test()), time);
    }
  }

  private static double test(Network network, Examples examples) {
    try (var manager = NDManager.newBaseManager()) {
      return examples.size() == 0 ? Double.NaN : WholePart.of(examples, manager).accuracy(network);
    }
  }

  private static void copy(List<NDArray> from, List<NDArray> to) {
    for (int i = 0; i < from.size(); i++) {
      from.get(i).copyTo(to.get(i));
    }
  }

  /** W and b of each linear layer in turns, no longer watched for gradients. */
  private static List<NDArray> weights(Network network) {
    var weights =
        NetworkLayer.of(network).stream()
            .map(layer -> layer.block().getParameters())
            .filter(own -> !own.isEmpty())
            .flatMap(own -> Stream.of(own.get("weight"), own.get("bias")))
            .map(Parameter::getArray)
            .toList();
    weights.forEach(array -> array.setRequiresGradient(false));
    return weights;
  }
}
