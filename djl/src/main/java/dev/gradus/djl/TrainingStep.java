package dev.gradus.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.gradus.Optimizer;
import dev.gradus.djl.data.SplitMix64;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One step: forward and backward over the parts of a batch, exchange, update.
 *
 * <pre>
 *   remember the running statistics
 *   for each part:  seed PyTorch with (seed, step, part) → forward → loss of each example
 *                   → weighted sum / size of the batch → backward, which adds to the gradients
 *   the workers agree that all is finite → their mean gradient → optimizer → gradients to zero
 *   if anything was not finite: put the running statistics back; weights were not touched
 * </pre>
 */
final class TrainingStep {
  private static final long DROPOUT = 0x64726f706f7574L;

  private final Training training;
  private final Workers workers;
  private final ParameterBinding binding;
  private final Optimizer optimizer;
  private final ParameterValues statistics;
  private final Onlookers onlookers;
  private final InstanceMethod.Running instances;
  private final Optional<StepProbe> probe;

  TrainingStep(
      Training training,
      Workers workers,
      ParameterBinding binding,
      Optimizer optimizer,
      Onlookers onlookers,
      InstanceMethod.Running instances,
      Optional<StepProbe> probe,
      Arena arena) {
    this.training = training;
    this.workers = workers;
    this.onlookers = onlookers;
    this.instances = instances;
    this.probe = probe;
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
    probe.ifPresent(asked -> asked.begin(step));
    probe.ifPresent(asked -> instances.before(batch, asked));
    double loss = lossAndGradients(batch, step, place);
    binding.locate();
    var outcome = update(workers.agree(loss, binding, step), step);
    binding.zeroGradients();
    instances.stepped(batch, outcome instanceof Made);
    if (outcome instanceof Refused) {
      statistics.putBack();
    } else {
      probe.ifPresent(asked -> instances.after(batch, asked));
    }
    return outcome;
  }

  private Outcome update(Workers.Verdict verdict, long step) {
    return verdict.notFinite().<Outcome>map(Refused::new).orElseGet(() -> make(verdict, step));
  }

  private Outcome make(Workers.Verdict verdict, long step) {
    workers.average(step, binding);
    double learningRate = optimizer.learningRate(0);
    var report = optimizer.step(binding);
    workers.compare(step, binding);
    return report.accepted()
        ? new Made(verdict.loss(), learningRate, report.measured())
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
    double loss = 0;
    double share = (double) workers.count() / batch.whole();
    for (var part : parts(training, batch, step, workers.rank())) {
      loss += Double.isFinite(loss) ? backward(part, share, outputs) : 0;
    }
    return loss;
  }

  /** The parts of a worker's batch; getting one seeds PyTorch for its forward pass. */
  static List<Supplier<Batch>> parts(Training training, Batch batch, long step, int rank) {
    var parts = Range.cut(batch.size(), training.accumulation);
    long first = (long) rank * training.accumulation;
    return IntStream.range(0, parts.size())
        .<Supplier<Batch>>mapToObj(
            part ->
                () -> {
                  Torch.seed(SplitMix64.at(training.seed, DROPOUT, step, first + part).next());
                  return batch.part(parts.get(part));
                })
        .toList();
  }

  /** Workers in one process take turns, because PyTorch's random numbers are the process's. */
  private double backward(Supplier<Batch> part, double share, Consumer<NDArray> seen) {
    return Torch.inTurn(() -> backward(part.get(), share, seen));
  }

  /** Adds to the gradients and returns the part's share in the mean loss of the batch. */
  private double backward(Batch part, double share, Consumer<NDArray> seen) {
    var arrays = new BatchArrays(part, training.data.train());
    try (var scope = new NDScope();
        var manager = training.network.newScope();
        var collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      var outputs = training.network.forward(arrays.inputs(manager), true);
      seen.accept(outputs);
      var losses = training.loss.ofEach(instances.outputs(part, outputs), arrays.targets(manager));
      float[] numbers = losses.toFloatArray();
      float[] weights = weights(part, numbers, share);
      double mean = weighted(numbers, weights);
      if (Double.isFinite(mean)) {
        collector.backward(losses.mul(manager.create(weights)).sum());
      }
      return mean;
    }
  }

  private float[] weights(Batch part, float[] losses, double share) {
    var weights = new float[part.size()];
    training.weights.weigh(part, weights);
    instances.weigh(part, losses, weights);
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
