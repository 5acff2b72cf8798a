package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.model.Models;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CuttingTest {
  private static List<String> names(String model, Cuts cuts) {
    try (var network = Models.of(model).network(List.of(1L, 8L, 8L), Few.CLASSES)) {
      network.initialise(List.of(1L, 8L, 8L), 0);
      return names(network, cuts);
    }
  }

  private static List<String> names(Network network, Cuts cuts) {
    return new Cutting(network, _ -> new Junction.Equal(new Constraint.Free()))
        .at(cuts).stream().map(NetworkBlock::name).toList();
  }

  @Test
  void balancesByTheNumberOfWeights() {
    // 64·32, 32·16, 16·8, 8·3 weights
    assertThat(names("mlp(width=32, layers=3)", new Cuts.Balanced(2)))
        .containsExactly("hidden1", "hidden2");
    assertThat(names("mlp(width=32, layers=3)", new Cuts.Balanced(3)))
        .startsWith("hidden1", "hidden2");
    assertThat(names("mlp(width=32, layers=3)", new Cuts.Balanced(4)))
        .containsExactly("hidden1", "hidden2", "hidden3", "output");
  }

  @Test
  void takesSequencesWithinSequencesApart() {
    // of about 17 thousand weights the last stage has three quarters, its last two blocks two
    assertThat(names("resnet20(width=4)", new Cuts.Balanced(3)))
        .containsExactly("stem", "stage3.block2", "stage3.block3");
  }

  @Test
  void aBlockBeginsWithTheLayerThatIsNamed() {
    assertThat(names("mlp(width=32, layers=3)", new Cuts.Before(List.of("hidden3"))))
        .containsExactly("hidden1", "hidden3");
  }

  @Test
  void refusesMoreBlocksThanThereAreLayersWithWeights() {
    assertThatThrownBy(() -> names("mlp(width=32)", new Cuts.Balanced(4)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The network mlp(width=32) can be cut into 1 to 3 blocks, but not into 4; its layers"
                + " are flatten, hidden1, hidden1Norm, 04relu, hidden2, hidden2Norm, 07relu,"
                + " output.");
  }

  @Test
  void refusesALayerThatIsNotThere() {
    assertThatThrownBy(() -> names("mlp", new Cuts.Before(List.of("hiden2"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The network mlp has no layer 'hiden2' for a block to begin with; did you mean"
                + " 'hidden2'?");
  }

  @Test
  void refusesLayersInAnotherOrder() {
    assertThatThrownBy(() -> names("mlp", new Cuts.Before(List.of("output", "hidden2"))))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Blocks of the network mlp can't begin with output, hidden2 in this order");
  }

  @Test
  void refusesABlockWithoutWeights() {
    assertThatThrownBy(() -> names("mlp", new Cuts.Before(List.of("07relu", "output"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Block 2 of the network mlp, from layer 07relu on, has no weights to train; leave out a"
                + " cut.");
  }

  @Test
  void cutsBehindALayerThatNoGradientPasses() {
    try (var network = signs()) {
      assertThat(names(network, new Cuts.Balanced(2))).containsExactly("01Linear", "04Linear");
      assertThatThrownBy(() -> names(network, new Cuts.Balanced(1)))
          .hasMessageContaining("can be cut into 2 to 3 blocks, but not into 1");
      assertThatThrownBy(() -> names(network, new Cuts.Before(List.of("05Linear"))))
          .hasMessageStartingWith(
              "No gradient passes the layer ProjectionLayer, so it can't be in the middle of"
                  + " block 1");
    }
  }

  private static Network signs() {
    var block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(new ProjectionLayer(new Constraint.Signs()))
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(4).build())
            .add(Linear.builder().setUnits(3).build());
    var network = Network.of("signs", block, Set.of());
    network.initialise(List.of(5L), 0);
    return network;
  }
}
