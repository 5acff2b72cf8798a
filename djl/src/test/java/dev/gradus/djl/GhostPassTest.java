package dev.gradus.djl;

import static dev.gradus.djl.DoubleNetwork.inner;
import static dev.gradus.djl.DoubleNetwork.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ghost product in double precision against central differences and automatic gradients. */
class GhostPassTest {
  private static final int BATCH = 9;
  private static final int CLASSES = 4;

  record Case(String name, Block block, List<Long> inputShape) {
    @Override
    public String toString() {
      return name;
    }

    NDArray inputs(DoubleNetwork network) {
      var shape = new Shape(BATCH).addAll(new Shape(inputShape));
      var values = network.random(shape, 1);
      return name.equals("embedding") ? values.abs().mul(3).floor().clip(0, 6) : values;
    }
  }

  private static SequentialBlock block(Block... layers) {
    var block = new SequentialBlock();
    Arrays.stream(layers).forEach(block::add);
    return block.add(Blocks.batchFlattenBlock()).add(dense(CLASSES));
  }

  private static Block dense(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block frozen(Block block) {
    block.freezeParameters(true);
    return block;
  }

  private static Block convolution() {
    return Conv2d.builder()
        .setFilters(4)
        .setKernelShape(new Shape(3, 3))
        .optStride(new Shape(2, 1))
        .optPadding(new Shape(1, 0))
        .optGroups(2)
        .build();
  }

  private static Block words() {
    var vocabulary = new DefaultVocabulary(List.of("a", "b", "c", "d", "e", "f", "g"));
    return new TrainableWordEmbedding(vocabulary, 3);
  }

  static Stream<Case> cases() {
    var image = List.of(2L, 6L, 7L);
    return Stream.of(
        new Case("dense", block(dense(6), Activation.tanhBlock(), dense(5)), List.of(7L)),
        new Case("dense over positions", block(dense(3), Activation.geluBlock()), List.of(4L, 5L)),
        new Case(
            "without a bias",
            block(Linear.builder().setUnits(6).optBias(false).build(), Activation.tanhBlock()),
            List.of(7L)),
        new Case(
            "convolution",
            block(
                convolution(),
                Activation.reluBlock(),
                Pool.maxPool2dBlock(new Shape(2, 2), new Shape(1, 1)),
                convolution()),
            image),
        new Case(
            "convolution over time",
            block(
                Conv1d.builder().setFilters(3).setKernelShape(new Shape(2)).build(),
                Activation.tanhBlock()),
            List.of(2L, 6L)),
        new Case(
            "convolution over space",
            block(
                Conv3d.builder().setFilters(2).setKernelShape(new Shape(2, 2, 2)).build(),
                Activation.tanhBlock()),
            List.of(1L, 3L, 4L, 3L)),
        new Case(
            "layer normalisation",
            block(
                dense(6),
                LayerNorm.builder().build(),
                Activation.reluBlock(),
                dense(5),
                LayerNorm.builder().optCenter(false).build()),
            List.of(7L)),
        new Case(
            "embedding",
            block(
                LambdaBlock.singleton(words -> words.toType(DataType.INT64, false)),
                words(),
                Activation.tanhBlock()),
            List.of(5L)),
        new Case(
            "dropout",
            block(dense(9), Dropout.builder().optRate(0.4f).build(), dense(6)),
            List.of(7L)),
        new Case(
            "frozen layers",
            block(frozen(dense(6)), Activation.tanhBlock(), dense(5), frozen(dense(5))),
            List.of(7L)),
        new Case("blocks in blocks", block(block(dense(6), dense(5))), List.of(7L)));
  }

  private static NDArray targets(DoubleNetwork network) {
    return network.array(
        IntStream.range(0, BATCH).mapToDouble(place -> place % CLASSES).toArray(),
        new Shape(BATCH));
  }

  /** The difference quotient of each loss; its own error is about 1e-9. */
  private static double[] differences(
      DoubleNetwork network, List<NDArray> direction, NDArray inputs) {
    double distance = 1e-5 / Math.sqrt(inner(direction, direction));
    var weights = network.weights();
    var forth = network.losses(moved(weights, direction, distance), inputs, targets(network));
    var back = network.losses(moved(weights, direction, -distance), inputs, targets(network));
    return forth.sub(back).div(2 * distance).toDoubleArray();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGhostProductIsTheDifferenceQuotient(Case sample) {
    try (var network = new DoubleNetwork(sample.block, sample.inputShape)) {
      var direction = network.direction(2);
      var inputs = sample.inputs(network);
      double[] expected = differences(network, direction, inputs);
      double[] found = network.ghost(network.weights(), direction, inputs, targets(network));
      assertThat(LayerSequence.of(sample.block).obstacle()).isEmpty();
      assertThat(found).containsExactly(expected, within(1e-7 * largest(expected)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theMeanOfTheGhostProductsIsThatOfTheMeanGradient(Case sample) {
    try (var network = new DoubleNetwork(sample.block, sample.inputShape)) {
      var direction = network.direction(2);
      var inputs = sample.inputs(network);
      double[] found = network.ghost(network.weights(), direction, inputs, targets(network));
      assertThat(mean(found)).isCloseTo(ofMean(network, direction, inputs), within(1e-12));
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double ofMean(DoubleNetwork network, List<NDArray> direction, NDArray inputs) {
    var shares = new double[BATCH];
    Arrays.fill(shares, 1.0 / BATCH);
    return inner(direction, network.gradient(network.weights(), inputs, targets(network), shares));
  }

  @Test
  void batchNormalisationSpoilsAllButTheMean() {
    var layers = List.of(dense(6), BatchNorm.builder().build(), dense(CLASSES));
    var block = new SequentialBlock().addAll(layers);
    try (var network = new DoubleNetwork(block, List.of(7L))) {
      var direction = network.direction(2);
      var inputs = network.random(new Shape(BATCH, 7), 1);
      double[] expected = differences(network, direction, inputs);
      double[] found =
          network.ghost(layers, network.weights(), direction, inputs, targets(network));
      assertThat(mean(found)).isCloseTo(mean(expected), within(1e-7 * largest(expected)));
      assertThat(largest(minus(found, expected))).isGreaterThan(0.1 * largest(expected));
    }
  }

  private static double[] minus(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] - other[i]).toArray();
  }
}
