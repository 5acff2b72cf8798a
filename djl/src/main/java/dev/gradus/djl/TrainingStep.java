package dev.gradus.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.gradus.Optimizer;
import dev.gradus.djl.data.SplitMix64;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One step: forward and backward over the parts of a batch, exchange, update.
 *
 * <pre>
 *   remember the running statistics
 *   for each part:  seed PyTorch with (seed, step, part) → forward → loss of each example
 *                   → weighted sum / size of the batch → backward, which adds to the gradients
 *   exchange → optimizer → gradients to zero
 *   if anything was not finite: put the running statistics back; weights were not touched
 * </pre>
 */
final class TrainingStep {
  private static final long DROPOUT = 0x64726f706f7574L;

  private final Training training;
  private final ParameterBinding binding;
  private final Optimizer optimizer;
  private final ParameterValues statistics;
  private final Onlookers onlookers;

  TrainingStep(
      Training training,
      ParameterBinding binding,
      Optimizer optimizer,
      Onlookers onlookers,
      Arena arena) {
    this.training = training;
    this.onlookers = onlookers;
    this.binding = binding;
    this.optimizer = optimizer;
    statistics = ParameterValues.withoutGradient(training.network, arena);
  }

  /** What became of a step. */
  sealed interface Outcome {}

  /** The weights have changed; the loss is that before the change. */
  record Made(double loss, double learningRate, Map<String, Map<String, Double>> measured)
      implements Outcome {}

  /** Nothing has changed, because the loss or a gradient was not finite. */
  record Refused(String notFinite) implements Outcome {}

  Outcome run(Batch batch, long step, Onlookers.Place place) {
    binding.requireSameArrays();
    statistics.remember();
    double loss = lossAndGradients(batch, step, place);
    binding.locate();
    var outcome = Double.isFinite(loss) ? update(loss, step) : new Refused("the loss");
    binding.zeroGradients();
    if (outcome instanceof Refused) {
      statistics.putBack();
    }
    return outcome;
  }

  private Outcome update(double loss, long step) {
    training.exchange.exchange(step, binding.parameters(), binding);
    double learningRate = optimizer.learningRate(0);
    var report = optimizer.step(binding);
    return report.accepted()
        ? new Made(loss, learningRate, report.measured())
        : new Refused("the gradient of " + report.notFinite().orElseThrow());
  }

  private double lossAndGradients(Batch batch, long step, Onlookers.Place place) {
    if (onlookers.none()) {
      return backward(batch, step, _ -> {});
    }
    try (var outputs = new Outputs(training.network)) {
      double loss = backward(batch, step, outputs::keep);
      if (Double.isFinite(loss)) {
        onlookers.trained(batch, training.data.train(), place, outputs.joined());
      }
      return loss;
    }
  }

  private double backward(Batch batch, long step, Consumer<NDArray> outputs) {
    var parts = Range.cut(batch.size(), training.accumulation);
    double loss = 0;
    for (int part = 0; part < parts.size() && Double.isFinite(loss); part++) {
      Torch.seed(SplitMix64.at(training.seed, DROPOUT, step, part).next());
      loss += backward(batch.part(parts.get(part)), 1.0 / batch.size(), outputs);
    }
    return loss;
  }

  /** Adds to the gradients and returns the part's share in the mean loss of the batch. */
  private double backward(Batch part, double share, Consumer<NDArray> seen) {
    var arrays = new BatchArrays(part, training.data.train());
    var weights = weights(part, share);
    try (var scope = new NDScope();
        var manager = training.network.newScope();
        var collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      var outputs = training.network.forward(arrays.inputs(manager), true);
      seen.accept(outputs);
      var losses = training.loss.ofEach(outputs, arrays.targets(manager));
      double mean = weighted(losses.toFloatArray(), weights);
      if (Double.isFinite(mean)) {
        collector.backward(losses.mul(manager.create(weights)).sum());
      }
      return mean;
    }
  }

  private float[] weights(Batch part, double share) {
    var weights = new float[part.size()];
    training.weights.weigh(part, weights);
    for (int place = 0; place < weights.length; place++) {
      weights[place] = (float) (weights[place] * share);
    }
    return weights;
  }

  private static double weighted(float[] losses, float[] weights) {
    double sum = 0;
    for (int place = 0; place < losses.length; place++) {
      sum += (double) losses[place] * weights[place];
    }
    return sum;
  }
}
