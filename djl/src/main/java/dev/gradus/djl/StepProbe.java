package dev.gradus.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import dev.gradus.Optimizer;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataOrder;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.SplitMix64;
import java.lang.foreign.Arena;
import java.util.Arrays;

/** Answers what a method asks about a step by passes of the network over moved weights. */
final class StepProbe implements Probe, AutoCloseable {
  private static final long TRUSTED = 0x74727573746564L;

  /** How far weights are moved each way: small beside them, large beside their rounding. */
  private static final double DISTANCE = 1e-2;

  private final Training training;
  private final Examples trusted;
  private final int trustedBatch;
  private final ParameterBinding binding;
  private final Optimizer optimizer;
  private final ParameterValues before;
  private final ParameterValues now;
  private final ParameterValues statistics;
  private final Direction direction;
  private final BatchSlot slot;
  private long step;

  StepProbe(Training training, ParameterBinding binding, Optimizer optimizer, Arena arena) {
    this.training = training;
    this.binding = binding;
    this.optimizer = optimizer;
    trusted = training.trusted;
    trustedBatch = Math.min(training.instances.trustedBatch(), trusted.size());
    before = ParameterValues.withGradient(training.network, arena);
    now = ParameterValues.withGradient(training.network, arena);
    statistics = ParameterValues.withoutGradient(training.network, arena);
    direction = new Direction(binding, arena);
    slot = new BatchSlot(trusted, new Augmentation.None(), training.seed, trustedBatch);
  }

  /** The step about to be taken begins at the weights of now. */
  void begin(long number) {
    step = number;
    before.remember();
    direction.forget();
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public double length() {
    return direction.length();
  }

  @Override
  public void aim() {
    statistics.remember();
    try {
      Torch.seed(SplitMix64.at(training.seed, TRUSTED, step).next());
      backward(slot.fill(new Selection(0, drawn())));
      binding.locate();
      direction.takeGradients(optimizer.state());
    } finally {
      binding.zeroGradients();
      statistics.putBack();
    }
  }

  /** The trusted examples of a step: an epoch after the other, each in an order of its own. */
  private int[] drawn() {
    int perEpoch = trusted.size() / trustedBatch;
    int place = (int) (step % perEpoch) * trustedBatch;
    int[] order = new DataOrder(trusted.size(), training.seed ^ TRUSTED).epoch(step / perEpoch);
    return Arrays.copyOfRange(order, place, place + trustedBatch);
  }

  private void backward(Batch batch) {
    var arrays = new BatchArrays(batch, trusted);
    try (var scope = new NDScope();
        var manager = training.network.newScope();
        var collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      var outputs = training.network.forward(arrays.inputs(manager), true);
      collector.backward(training.loss.ofEach(outputs, arrays.targets(manager)).mean());
    }
  }

  @Override
  public double[] innerProducts(Batch batch) {
    var products = new double[batch.size()];
    if (direction.length() > 0) {
      statistics.remember();
      now.remember();
      double distance = DISTANCE / direction.length();
      try {
        addLosses(batch, distance, 0.5 / distance, products);
        addLosses(batch, -distance, -0.5 / distance, products);
      } finally {
        now.putBack();
        statistics.putBack();
      }
    }
    return products;
  }

  /** Adds each example's loss at moved weights, times a factor. */
  private void addLosses(Batch batch, double distance, double factor, double[] to) {
    before.putBackMoved(direction.values(), (float) distance);
    int place = 0;
    for (var part : TrainingStep.parts(training, batch, step)) {
      for (float loss : Torch.withoutGradients(() -> losses(part.get()))) {
        to[place++] += factor * loss;
      }
    }
  }

  private float[] losses(Batch part) {
    var arrays = new BatchArrays(part, training.data.train());
    try (var scope = new NDScope();
        var manager = training.network.newScope()) {
      scope.suppressNotUsedWarning();
      var outputs = training.network.forward(arrays.inputs(manager), true);
      return training.loss.ofEach(outputs, arrays.targets(manager)).toFloatArray();
    }
  }

  @Override
  public void close() {
    slot.close();
  }
}
