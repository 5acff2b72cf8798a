package dev.gradus.djl.admm;

import static dev.gradus.djl.admm.SmallRuns.descended;
import static dev.gradus.djl.admm.SmallRuns.network;
import static dev.gradus.djl.admm.SmallRuns.requireResumes;
import static dev.gradus.djl.admm.SmallRuns.requireSame;
import static dev.gradus.djl.admm.SmallRuns.scheduled;
import static dev.gradus.djl.admm.SmallRuns.trained;
import static dev.gradus.djl.admm.SmallRuns.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.gradus.UserException;
import dev.gradus.djl.Activations;
import dev.gradus.djl.Network;
import dev.gradus.djl.NetworkLayer;
import dev.gradus.djl.Trained;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingMethod;
import dev.gradus.djl.model.Models;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepFactoTest {
  private static final String SMALL = "factorised(model=mlp(width=24), rank=6)";

  private static BlockMethod method(String text) {
    return BlockMethod.parse(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deepfacto",
        "deepfacto(init=random)",
        "deepfacto(update=multiplicative)",
        "deepfacto(rho=0.5, steps=3, inputs=current)",
        "deepfacto(labelled=0.4, labelSeed=3)"
      })
  void aRunThatWasStoppedGoesOnToTheSameBits(String text, @TempDir Path folder) {
    var method = method(text);
    assertThat(method).hasToString(text);
    requireInCheckpoint(folder, requireResumes(SMALL, method, folder));
  }

  private static void requireInCheckpoint(Path folder, Map<String, float[]> values) {
    try (var arena = Arena.ofConfined();
        var network = Models.trained(Trained.newest(folder, arena, _ -> {}))) {
      assertThat(Few.values(network).get("factors.dictionary"))
          .containsExactly(values.get("factors.dictionary"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"projected", "multiplicative"})
  void rowsStayOfLengthOneAndWithoutNegativeNumbers(String update) {
    var dictionary =
        Objects.requireNonNull(
            trained(SMALL, method("deepfacto(update=" + update + ")")).get("factors.dictionary"));
    assertThat(dictionary).hasSize(6 * 12);
    for (int factor = 0; factor < 6; factor++) {
      double squares = 0;
      for (int i = 0; i < 12; i++) {
        assertThat(dictionary[factor * 12 + i]).isNotNegative();
        squares += dictionary[factor * 12 + i] * dictionary[factor * 12 + i];
      }
      assertThat(squares).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void theDictionaryFollowsTheScheduleOfTheLearningRate() {
    var halved = scheduled(SMALL, method("deepfacto(pace=0.5)"), 0.02, (_, _) -> 0.5);
    requireSame(halved, scheduled(SMALL, method("deepfacto(pace=0.25)"), 0.01, (_, _) -> 1));
    var doubled = scheduled(SMALL, method("deepfacto(pace=0.75)"), 0.01, (_, _) -> 2);
    requireSame(doubled, scheduled(SMALL, method("deepfacto(pace=1)"), 0.02, (_, _) -> 1));
  }

  /**
   * A dictionary that is the identity makes the layer one, and a step that only carries gradients
   * those of back-propagation.
   */
  @Test
  void theIdentityPassesGradientsOfBackPropagation() {
    var plain = "plain-mlp(width=10, layers=1, activation=sigmoid)";
    var method = method("deepfacto(rho=10, pace=1e-12)");
    var factorised = "factorised(model=%s, rank=10, price=0, used=1)".formatted(plain);
    var before = descended(() -> beginning(plain), TrainingMethod.BACK_PROPAGATION, 1e-12);
    var expected = descended(() -> beginning(plain), TrainingMethod.BACK_PROPAGATION, 1);
    var found = descended(() -> beginning(factorised), method, 1);
    expected.forEach(
        (name, values) -> {
          float[] from = Objects.requireNonNull(before.get(name));
          float largest = 0;
          for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.abs(values[i] - from[i]));
          }
          assertThat(largest).as(name).isGreaterThan(1e-3f);
          assertThat(found.get(name)).as(name).containsExactly(values, within(1e-3f * largest));
        });
  }

  private static Network beginning(String model) {
    var network = network(model);
    network.initialise(List.of(1L, 8L, 8L), 3);
    network.tensors().stream()
        .filter(tensor -> tensor.name().equals("factors.dictionary"))
        .forEach(tensor -> tensor.data().copyFrom(MemorySegment.ofArray(identity(10))));
    return network;
  }

  private static float[] identity(int size) {
    var identity = new float[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    return identity;
  }

  @Test
  void learnsAndTellsOfResidualsAndZeros() {
    var losses = new ArrayList<Double>();
    var measured = new ArrayList<Map<String, Double>>();
    try (var network = network(SMALL)) {
      training(network, new DeepFacto())
          .epochs(30)
          .measureEvery(1)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.StepDone done) {
                  losses.add(done.loss());
                  measured.add(Objects.requireNonNull(done.measured().get("hidden1")));
                }
              })
          .run();
      requireFactorsOf(network);
    }
    assertThat(losses.getLast()).isLessThan(losses.getFirst() / 4);
    assertThat(measured)
        .allSatisfy(
            figures -> {
              assertThat(figures).containsKeys("primalResidual", "dualResidual");
              assertThat(figures.get("zeroScores")).isBetween(0.0, 1.0);
            });
  }

  /** A service predicts for months with one network. */
  @Test
  void predictionsLeaveNothingInTheNetworksMemory() throws TranslateException {
    try (var network = network(SMALL)) {
      training(network, new DeepFacto()).run();
      var memory = network.model().getNDManager();
      try (var predictor = network.model().newPredictor(new NoopTranslator())) {
        predict(predictor);
        int held = memory.getManagedArrays().size();
        predict(predictor);
        assertThat(memory.getManagedArrays()).hasSize(held);
      }
    }
  }

  private static void predict(Predictor<NDList, NDList> predictor) throws TranslateException {
    try (var manager = NDManager.newBaseManager()) {
      predictor.predict(new NDList(manager.ones(new Shape(1, 1, 8, 8))));
    }
  }

  /** What the layer gives is what its dictionary makes of what it is given. */
  private static void requireFactorsOf(Network network) {
    var layers = NetworkLayer.of(network);
    int place = layers.size() - 2;
    assertThat(layers.get(place).name()).isEqualTo("factors");
    var train = Few.images().train();
    var before = new Activations(network, layers.subList(0, place), 8).of(train);
    var scores = new Activations(network, layers.subList(0, place + 1), 16).of(train);
    var dictionary = ((FactorLayer) layers.get(place).block()).dictionary();
    var found = dictionary.scores(before);
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).containsExactly(found[i], within(1e-4f));
    }
    assertThat(dictionary.explained(before, scores)).isBetween(0.7, 1.0);
  }

  @Test
  void refusesMoreFactorsThanActivations() {
    assertThatThrownBy(() -> trained("factorised(model=mlp(width=8), rank=5)", new DeepFacto()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "5 factors are more than the 4 activations that they stand for; take a rank of 4 or"
                + " less.");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, 1",
    "4, -0.1, 1, 1",
    "4, NaN, 1, 1",
    "4, 0, 0, 1",
    "4, 0, 1.1, 1",
    "4, 0, 1, 0"
  })
  void refusesALayerThatCanFindNoScores(int rank, double price, double used, int iterations) {
    assertThatThrownBy(() -> new FactorLayer(rank, price, used, iterations))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A layer of factors has 1 or more of them, of which examples use a share in (0, 1],"
                + " and finds scores in 1 or more iterations at a price of 0 or more, not %d, %s,"
                + " in %d at %s.",
            rank, used, iterations, price);
  }

  @Test
  void refusesActivationsThatMayBeNegativeAndNamesTheBlock() {
    assertThatThrownBy(
            () -> trained("factorised(model=plain-mlp(activation=tanh))", new DeepFacto()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Layer activation2 at the end of block 1 (hidden1) gives numbers below 0, but factors"
                + " stand for none; put a ReLU behind it.");
  }

  @Test
  void refusesActivationsThatTurnOutNegative() {
    var layers =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(9).build())
            .addSingleton(values -> values.sub(0.5))
            .add(new FactorLayer(4))
            .add(Linear.builder().setUnits(3).build());
    try (var network = Network.of("own", layers)) {
      assertThatThrownBy(() -> training(network, new DeepFacto()).run())
          .isInstanceOf(UserException.class)
          .hasMessageMatching(
              "The outputs of block 1 \\(02Linear\\) go down to -[0-9.]+, but factors stand for"
                  + " none below 0; put a ReLU at its end.");
    }
  }

  @Test
  void refusesANetworkWithoutFactors() {
    assertThatThrownBy(() -> trained("mlp", new DeepFacto()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The network mlp has no layer of factors in front of another; take the model"
                + " factorised, or put a FactorLayer into it.");
  }

  @Test
  void blockAdmmSendsTheDictionaryToDeepfacto() {
    assertThatThrownBy(() -> trained(SMALL, method("block-admm(cuts=balanced(2))")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("learns by the method deepfacto; train with that.");
  }

  @Test
  void worksBehindOtherNetworks() {
    for (var model : List.of("lenet-bn(width=4)", "resnet20(width=4)", "vgg-bn(width=2)")) {
      assertThat(trained("factorised(model=%s, rank=3)".formatted(model), new DeepFacto()))
          .containsKey("factors.dictionary");
    }
  }

  @Test
  void activationFunctionsAreKnownByTheirNames() {
    var layers =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(9).build())
            .add(Activation.geluBlock())
            .add(new FactorLayer(4))
            .add(Linear.builder().setUnits(3).build());
    try (var network = Network.of("own", layers)) {
      network.initialise(List.of(1L, 8L, 8L), 1);
      assertThatThrownBy(() -> new DeepFacto().require(network))
          .hasMessageStartingWith("Layer 03LambdaBlock at the end of block 1 (02Linear)");
    }
  }
}
