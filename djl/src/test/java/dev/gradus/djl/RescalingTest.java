package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Rules;
import dev.gradus.UserException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Weight rescaling acts where length has no effect, and only there. */
class RescalingTest {
  private static final int PIXELS = 36;

  /** Blocks in a row, each with a name. */
  private static final class Sequence extends SequentialBlock {
    Sequence then(String name, Block block) {
      addChildBlock(name, block);
      return this;
    }
  }

  @Test
  void weightsThatFeedANormalisationLayerAreFound() {
    var inner = new Sequence().add(Linear.builder().setUnits(4).build());
    var branch =
        new Sequence()
            .then("first", Linear.builder().setUnits(4).build())
            .then("norm", BatchNorm.builder().build())
            .then("second", Linear.builder().setUnits(4).build());
    var block =
        new Sequence()
            .then(
                "convolution",
                Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
            .then("norm1", BatchNorm.builder().build())
            .then("activated", Linear.builder().setUnits(4).build())
            .then("activation", Activation.reluBlock())
            .then("norm2", BatchNorm.builder().build())
            .then("inner", inner)
            .then("norm3", LayerNorm.builder().build())
            .then("parallel", new ParallelBlock(lists -> lists.getFirst(), List.of(branch)))
            .then("norm4", BatchNorm.builder().build());
    assertThat(Normalised.in(block)).hasSize(3).contains("convolution.weight");
    assertThat(Normalised.in(block)).anyMatch(name -> name.startsWith("inner."));
    assertThat(Normalised.in(block)).anyMatch(name -> name.endsWith("first.weight"));
  }

  @Test
  void onlyWeightsBeforeANormalisationLayerAreRescaled() {
    var trained = trained("adam | unit-rows", Set.of("hidden.weight"));
    requireUnitRows(weight(trained, "hidden"), 5);
    assertThat(norm(weight(trained, "output"), 0, 5)).isNotCloseTo(1, within(1e-3));
  }

  @Test
  void allAreRescaledIfTheRuleSaysSo() {
    var trained = trained("adam | unit-rows(everywhere=true)", Set.of());
    requireUnitRows(weight(trained, "hidden"), 5);
    requireUnitRows(weight(trained, "output"), 3);
  }

  @Test
  void rescalingNothingIsRefused() {
    assertThatThrownBy(() -> trained("adam | unit-rows", Set.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "unit-rows rescales weights that feed a normalisation layer, but the network rescaled"
                + " has none; leave it out, or rescale all by unit-rows(everywhere=true).");
  }

  private static Map<String, float[]> trained(String pipeline, Set<String> normalised) {
    try (var network = Network.of("rescaled", block(), normalised)) {
      Training.of(network, Tiny.data())
          .group(Group.all(Rules.parse(pipeline), 0.01))
          .batch(16)
          .epochs(1)
          .run();
      return Tiny.values(network);
    }
  }

  private static float[] weight(Map<String, float[]> values, String layer) {
    return values.getOrDefault(layer + ".weight", new float[0]);
  }

  private static Block block() {
    return new Sequence()
        .then("flatten", Blocks.batchFlattenBlock())
        .then("hidden", Linear.builder().setUnits(5).optBias(false).build())
        .then("norm", BatchNorm.builder().build())
        .then("activation", Activation.reluBlock())
        .then("output", Linear.builder().setUnits(3).build());
  }

  private static void requireUnitRows(float[] weight, int rows) {
    int columns = weight.length / rows;
    assertThat(columns).isPositive();
    for (int row = 0; row < rows; row++) {
      assertThat(norm(weight, row, columns)).isCloseTo(1, within(1e-5));
    }
  }

  private static double norm(float[] weight, int row, int columns) {
    double square = 0;
    for (int i = row * columns; i < (row + 1) * columns; i++) {
      square += weight[i] * weight[i];
    }
    return Math.sqrt(square);
  }

  @Test
  void theOutputOfANormalisedNetworkStaysAsItIs() {
    try (var network = Network.of("rescaled", block());
        var manager = NDManager.newBaseManager()) {
      network.initialise(List.of((long) PIXELS), 3);
      NDArray input = manager.randomNormal(new Shape(64, PIXELS)).mul(10);
      float[] before = output(network, input);
      var binding = new ParameterBinding(network);
      try (var optimizer =
          Optimizer.of(binding.parameters())
              .group(Group.all(Rules.parse("adam"), 0.01))
              .group(Group.all(Rules.parse("adam | unit-rows"), 0.01).named("hidden.weight"))
              .build()) {
        optimizer.act("start", binding);
      }
      requireUnitRows(weight(Tiny.values(network), "hidden"), 5);
      assertThat(output(network, input)).containsExactly(before, within(1e-4f));
    }
  }

  private static float[] output(Network network, NDArray input) {
    try (var output = network.forward(input, true)) {
      return output.toFloatArray();
    }
  }
}
