package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.djl.instance.InstanceMethods;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductChoiceTest {

  /** What a run tells of its way to inner products. */
  private static List<String> told(Network network, String method, int batch) {
    var told = new ArrayList<String>();
    try (network) {
      Training.of(network, Tiny.data())
          .group(Group.all(Rules.parse("sgd"), 0.1))
          .instances(InstanceMethods.parse(method), Tiny.images(10, 4))
          .batch(batch)
          .epochs(1)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.Started started) {
                  told.addAll(started.problems());
                }
              })
          .run();
    }
    return told;
  }

  private static Network wide(int units) {
    return Tiny.network(
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(units).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(units).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(3).build()));
  }

  @Test
  void batchNormalisationAllowsDifferencesOnly() {
    assertThat(told(Tiny.network(), "rates", 10))
        .containsExactly(
            "Inner products of gradients come from central differences, not from the ghost product,"
                + " because batch normalisation makes every loss depend on the whole batch.");
  }

  @Test
  void aGhostProductThatWouldNotBeExactIsRefused() {
    assertThatThrownBy(() -> told(Tiny.network(), "rates(products=ghost)", 10))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "rates(products=ghost) is not possible for the network tiny: batch normalisation makes"
                + " every loss depend on the whole batch; choose products=differences.");
  }

  @Test
  void manyWeightsAndFewExamplesMakeTheGhostProductCheaper() {
    assertThat(told(wide(700), "rates", 10))
        .containsExactly(
            "Inner products of gradients come from the ghost product, which is cheaper here than"
                + " central differences.");
  }

  @Test
  void fewWeightsMakeDifferencesCheaper() {
    assertThat(told(Tiny.plain(), "reweight", 10))
        .containsExactly(
            "Inner products of gradients come from central differences, which are cheaper here than"
                + " the ghost product.");
  }

  @Test
  void whatWasAskedForIsNotToldAgain() {
    assertThat(told(Tiny.plain(), "rates(products=ghost)", 10)).isEmpty();
    assertThat(told(Tiny.plain(), "reweight(products=differences)", 10)).isEmpty();
  }

  @Test
  void blocksOfWhichNothingIsKnownAreNamed() {
    assertThat(obstacle(LSTM.builder().setNumLayers(1).setStateSize(2).build()))
        .contains("the block LSTM");
    assertThat(obstacle(new ParallelBlock(lists -> lists.getFirst()))).contains("ParallelBlock");
    assertThat(obstacle(new SequentialBlock().add(Activation::relu))).contains("the function");
    var all = new SequentialBlock().add(Activation.reluBlock());
    all.setReturnIntermediate(true);
    assertThat(obstacle(all)).contains("SequentialBlock");
  }

  @Test
  void functionsBeforeTheFirstWeightsDoNotMatter() {
    var block =
        new SequentialBlock().add(Activation::relu).add(Linear.builder().setUnits(3).build());
    assertThat(LayerSequence.of(block).obstacle()).isEmpty();
  }

  private static String obstacle(Block block) {
    var behind = new SequentialBlock().add(Linear.builder().setUnits(3).build()).add(block);
    return LayerSequence.of(behind).obstacle().orElseThrow();
  }
}
