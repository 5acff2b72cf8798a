package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.DivergedException;
import dev.gradus.djl.Network;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.djl.OnNotFinite;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingMethod;
import dev.gradus.djl.instance.LossWeighting;
import dev.gradus.djl.model.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockAdmmTest {
  private static final BlockAdmm MESSENGER =
      new BlockAdmm().with("inputs", BlockInputs.FORWARD).with("rho", 2.0).with("stepSize", 0.5);

  private static Training training(Network network, TrainingMethod method) {
    return Training.of(network, Few.images())
        .group(Group.all(Rules.parse("adam"), 1e-2))
        .batch(8)
        .epochs(3)
        .seed(7)
        .method(method);
  }

  private static Map<String, float[]> trained(String model, TrainingMethod method) {
    try (var network = network(model)) {
      training(network, method).run();
      return Few.values(network);
    }
  }

  private static Network network(String model) {
    return Models.of(model).network(List.of(1L, 8L, 8L), Few.CLASSES);
  }

  private static void requireSame(Map<String, float[]> found, Map<String, float[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) -> assertThat(found.get(name)).as(name).containsExactly(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp(width=16, dropout=0.3)", "lenet-bn(width=4)"})
  void oneBlockIsOrdinaryTrainingBitForBit(String model) {
    var one = new BlockAdmm().with("cuts", new Cuts.Balanced(1));
    requireSame(trained(model, one), trained(model, TrainingMethod.BACK_PROPAGATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp(width=16)", "lenet-bn(width=4)", "resnet20(width=4)"})
  void aStepThatCarriesGradientsIsThatOfBackPropagation(String model) {
    var unscaled = MESSENGER.with("scaled", false);
    requireGradients(model, unscaled, 1);
  }

  @Test
  void smallerPenaltiesBelowCarryTheSameGradients() {
    requireGradients("mlp(width=16)", MESSENGER.with("rhoRatio", 0.25), 1);
  }

  @Test
  void scalingUndoesTheFactorOfManySteps() {
    var small = MESSENGER.with("rho", 0.5).with("stepSize", 0.25);
    requireGradients("mlp(width=16)", small, 1);
  }

  /** Compares the gradients of one batch, as the change of the weights by plain descent. */
  private static void requireGradients(String model, BlockAdmm method, double rate) {
    var before = descended(model, TrainingMethod.BACK_PROPAGATION, 0);
    var expected = descended(model, TrainingMethod.BACK_PROPAGATION, rate);
    var found = descended(model, method, rate);
    expected.forEach(
        (name, values) -> {
          float[] from = Objects.requireNonNull(before.get(name));
          float largest = 0;
          float magnitude = 0;
          for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.abs(values[i] - from[i]));
            magnitude = Math.max(magnitude, Math.abs(values[i]));
          }
          // weights are rounded when gradients are taken from them
          float rounding = 1e-5f * largest + 1.2e-7f * magnitude + 1e-8f;
          assertThat(found.get(name)).as(name).containsExactly(values, within(rounding));
        });
  }

  private static Map<String, float[]> descended(String model, TrainingMethod method, double rate) {
    try (var network = network(model)) {
      Training.of(network, Few.images())
          .group(Group.all(Rules.parse("sgd"), rate))
          .batch(48)
          .epochs(1)
          .method(method)
          .run();
      return Few.values(network);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRunThatWasStoppedGoesOnToTheSameBits(boolean batch, @TempDir Path folder) {
    var method =
        new BlockAdmm()
            .with("batch", batch)
            .with("iterations", 2)
            .with("steps", 2)
            .with("constraint", new Constraint.NonNegative());
    var whole = trained("mlp(width=16)", method);
    try (var network = network("mlp(width=16)")) {
      var made = new AtomicInteger();
      training(network, method)
          .checkpoints(Checkpoints.in(folder))
          .stopWhen(() -> made.incrementAndGet() == 10)
          .run();
    }
    try (var network = network("mlp(width=16)")) {
      training(network, method).checkpoints(Checkpoints.in(folder).resuming()).run();
      requireSame(Few.values(network), whole);
    }
  }

  @Test
  void partsOfABatchAddUpToTheBatch() {
    var method = new BlockAdmm().with("stepSize", 0.1).with("iterations", 2);
    var whole = parts(method, 1);
    parts(method, 3)
        .forEach(
            (name, values) ->
                assertThat(values)
                    .as(name)
                    .containsExactly(Objects.requireNonNull(whole.get(name)), within(1e-5f)));
  }

  private static Map<String, float[]> parts(BlockAdmm method, int parts) {
    try (var network = Few.tanh(9, 7, 3)) {
      training(network, method)
          .group(Group.all(Rules.parse("sgd"), 1e-3))
          .accumulation(parts)
          .run();
      return Few.values(network);
    }
  }

  @Test
  void learnsWithAStepSizeOfItsOwnChoice() {
    var losses = new ArrayList<Double>();
    var measured = new ArrayList<Map<String, Double>>();
    try (var network = Few.tanh(16, 16, 3)) {
      training(network, new BlockAdmm())
          .epochs(20)
          .measureEvery(1)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.StepDone done) {
                  losses.add(done.loss());
                  measured.add(Objects.requireNonNull(done.measured().get("02Linear")));
                }
              })
          .run();
    }
    assertThat(losses.getLast()).isLessThan(losses.getFirst() / 4);
    assertThat(measured)
        .allSatisfy(figures -> assertThat(figures.get("primalResidual")).isPositive());
    assertThat(measured)
        .allSatisfy(figures -> assertThat(figures.get("dualResidual")).isPositive());
  }

  @Test
  void refusesUnstableStepsWithOneThatIsStable() {
    var unstable = new BlockAdmm().with("stepSize", 50.0);
    assertThatThrownBy(() -> trained("mlp(width=16)", unstable))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "Behind block 1 \\(hidden1\\) steps of size 50.0 are unstable with ρ = 1.00: they must"
                + " be below [0-9.]+; take [0-9.]+ or less.");
  }

  @Test
  void lowersUnstableStepsAndSaysSo() {
    var noticed = new ArrayList<String>();
    try (var network = Few.tanh(16, 16, 3)) {
      training(network, new BlockAdmm().with("stepSize", 50.0).with("onUnstable", OnUnstable.LOWER))
          .listener(
              event -> {
                if (event instanceof TrainingEvent.Noticed it) {
                  noticed.add(it.sentence());
                }
              })
          .run();
    }
    assertThat(noticed).hasSize(2).allMatch(sentence -> sentence.contains(", so they are "));
  }

  @Test
  void divergenceNamesTheBlockAndItsResidual() {
    var method = MESSENGER.with("stepSize", 1e6).with("rho", 1.0);
    assertThatThrownBy(() -> trained("mlp(width=16)", method))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "In step 0 the primal residual behind block 1 \\(hidden1\\) is .* times the square of"
                + " its outputs and grows without bound; the last checkpoint is good: .*");
  }

  @Test
  void saysHowMuchMemoryAllExamplesNeed() {
    assertThatThrownBy(() -> new MemoryOfAll(2_000_000_000, List.of(4096, 4096, 128, 128)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Auxiliary and dual variables of all 2,000,000,000 examples need 67,586,000 MB, but");
  }

  @Test
  void refusesWhatComparesGradientsOfBackPropagation() {
    try (var network = network("mlp(width=16)")) {
      var data = Few.images();
      var training =
          training(network, new BlockAdmm()).instances(new LossWeighting(), data.train());
      assertThatThrownBy(training::run)
          .hasMessageStartingWith("loss-weighting compares gradients of back-propagation");
    }
  }

  @Test
  void backPropagationThroughALayerWithoutADerivativeIsRefused() {
    var signs =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(8).build())
            .add(new ProjectionLayer(new Constraint.Signs()))
            .add(Linear.builder().setUnits(3).build());
    try (var network = Network.of("signs", signs)) {
      assertThatThrownBy(() -> training(network, TrainingMethod.BACK_PROPAGATION).run())
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("No gradient passes a ProjectionLayer, so back-propagation");
    }
  }

  @Test
  void refusesToLeaveOutStepsOfSeveralUpdates() {
    try (var network = network("mlp(width=16)")) {
      var training =
          training(network, new BlockAdmm().with("iterations", 2)).onNotFinite(OnNotFinite.SKIP);
      assertThatThrownBy(training::run)
          .hasMessageContaining("updates the weights 2 times in a step");
    }
  }

  @Test
  void doesNotSayThatWeightsAreUntouchedBehindAFirstUpdate() {
    try (var network = network("mlp(width=16)")) {
      var training =
          training(network, new BlockAdmm().with("iterations", 2))
              .group(Group.all(Rules.parse("sgd"), 1e30));
      assertThatThrownBy(training::run)
          .isInstanceOf(NotFiniteException.class)
          .hasMessageContaining("In step 0 the loss is not finite; the last checkpoint is good");
    }
  }

  @Test
  void aResumedRunMustHaveTheSameMethod(@TempDir Path folder) {
    try (var network = network("mlp(width=16)")) {
      var made = new AtomicInteger();
      training(network, new BlockAdmm())
          .checkpoints(Checkpoints.in(folder))
          .stopWhen(() -> made.incrementAndGet() == 10)
          .run();
      var other = training(network, new BlockAdmm().with("rho", 2.0));
      assertThatThrownBy(other.checkpoints(Checkpoints.in(folder).resuming())::run)
          .hasMessageContaining("method");
    }
  }
}
