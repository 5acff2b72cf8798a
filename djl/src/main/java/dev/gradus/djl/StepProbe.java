package dev.gradus.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import dev.gradus.Optimizer;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataOrder;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.SplitMix64;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers what a method asks about a step by further passes of the network. */
final class StepProbe implements Probe, AutoCloseable {
  private static final long TRUSTED = 0x74727573746564L;

  private final Training training;
  private final Examples trusted;
  private final int trustedBatch;
  private final ParameterBinding binding;
  private final Optimizer optimizer;
  private final ParameterValues before;
  private final ParameterValues statistics;
  private final Direction direction;
  private final Optional<RecentGradients> recent;
  private final BatchSlot slot;
  private final ProductChoice choice;
  private final InnerProducts products;
  private long step;

  StepProbe(Training training, ParameterBinding binding, Optimizer optimizer, Arena arena) {
    this.training = training;
    this.binding = binding;
    this.optimizer = optimizer;
    trusted = training.trusted;
    trustedBatch = Math.min(training.instances.trustedBatch(), trusted.size());
    before = ParameterValues.withGradient(training.network, arena);
    statistics = ParameterValues.withoutGradient(training.network, arena);
    direction = new Direction(binding, arena);
    double memory = training.instances.memory();
    recent =
        memory == 0
            ? Optional.empty()
            : Optional.of(new RecentGradients(binding.parameters(), memory, arena));
    slot = new BatchSlot(trusted, new Augmentation.None(), training.seed, trustedBatch);
    choice = ProductChoice.of(training);
    products = products(arena);
  }

  private InnerProducts products(Arena arena) {
    var layers = LayerSequence.of(training.network.block()).layers();
    return choice.products() == Products.GHOST
        ? new GhostProducts(training, layers, before, direction)
        : new CentralDifferences(
            training,
            before,
            ParameterValues.withGradient(training.network, arena),
            statistics,
            direction);
  }

  /** What to know of the way by which inner products are taken. */
  Optional<String> remark() {
    return choice.remark();
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
      recent.ifPresent(gradients -> gradients.replace(binding));
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
    return direction.length() > 0 ? products.of(batch, step) : new double[batch.size()];
  }

  /** What a run needs to go on. */
  List<Tensor> state() {
    return recent.map(RecentGradients::state).orElse(List.of());
  }

  /** Takes over what was saved of the {@link #state}. */
  void restore(Map<String, Tensor> saved) {
    recent.ifPresent(gradients -> gradients.restore(saved));
  }

  @Override
  public void close() {
    slot.close();
  }
}
