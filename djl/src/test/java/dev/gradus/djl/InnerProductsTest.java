package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Rules;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.instance.Reweighting;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The two ways to inner products beside each other, as training takes them. */
class InnerProductsTest {
  private static final int BATCH = 50;
  private static final long STEP = 4;

  private static Block convolution(int filters) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .build();
  }

  private static Block dense(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block frozen(Block block) {
    block.freezeParameters(true);
    return block;
  }

  static Stream<Arguments> networks() {
    var lenet =
        new SequentialBlock()
            .add(convolution(4))
            .add(Activation.reluBlock())
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(convolution(8))
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(dense(3));
    var mlp =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(dense(20))
            .add(LayerNorm.builder().optCenter(false).build())
            .add(Activation.tanhBlock())
            .add(Dropout.builder().optRate(0.4f).build())
            .add(frozen(dense(10)))
            .add(dense(3));
    return Stream.of(Arguments.of("lenet", lenet, 1), Arguments.of("mlp with dropout", mlp, 3));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void bothWaysAgreeInSinglePrecision(String name, Block block, int parts) {
    try (var network = Network.of(name, block)) {
      double[] differences = products(network, Products.DIFFERENCES, parts);
      double[] ghost = products(network, Products.GHOST, parts);
      double largest = Arrays.stream(differences).map(Math::abs).max().orElseThrow();
      assertThat(ghost).containsExactly(differences, within(0.01 * largest));
      assertThat(rankCorrelation(ghost, differences)).isGreaterThan(0.999);
    }
  }

  /** Asked at weights that a step has moved on, which it leaves as they are. */
  private static double[] products(Network network, Products way, int parts) {
    var training =
        Training.of(network, Tiny.data())
            .group(Group.all(Rules.parse("sgd"), 0.1))
            .instances(new Reweighting(20, way), Tiny.images(20, 9))
            .batch(BATCH)
            .accumulation(parts);
    network.prepare(training.data, training.seed);
    var binding = new ParameterBinding(network);
    try (var arena = Arena.ofShared();
        var optimizer =
            Optimizer.of(binding.parameters()).group(training.groups.getFirst()).build();
        var probe = new StepProbe(training, binding, optimizer, arena);
        var slot = new BatchSlot(training.data.train(), new Augmentation.None(), 0, BATCH)) {
      var batch = slot.fill(new Selection(0, IntStream.range(0, BATCH).toArray()));
      var weights = ParameterValues.withGradient(network, arena);
      weights.remember();
      probe.begin(STEP);
      weights.putBackMoved(weights.memory(), 0.1f);
      var moved = Tiny.values(network);
      probe.aim();
      double[] products = probe.innerProducts(batch);
      assertThat(Tiny.values(network)).usingRecursiveComparison().isEqualTo(moved);
      requireNoGradients(binding);
      weights.putBack();
      return products;
    }
  }

  /** The next step adds to the gradients that it finds. */
  private static void requireNoGradients(ParameterBinding binding) {
    binding.locate();
    for (int index = 0; index < binding.parameters().size(); index++) {
      var gradient = Objects.requireNonNull(binding.gradient(index));
      assertThat(gradient.toArray(ValueLayout.JAVA_FLOAT)).containsOnly(0);
    }
  }

  private static double rankCorrelation(double[] one, double[] other) {
    double[] ranks = ranks(one);
    double[] others = ranks(other);
    double squares =
        IntStream.range(0, BATCH).mapToDouble(i -> Math.pow(ranks[i] - others[i], 2)).sum();
    return 1 - 6 * squares / (BATCH * (Math.pow(BATCH, 2) - 1));
  }

  private static double[] ranks(double[] values) {
    var order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .toList();
    return IntStream.range(0, values.length).mapToDouble(order::indexOf).toArray();
  }
}
