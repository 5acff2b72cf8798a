package dev.gradus.djl.admm;

import static dev.gradus.djl.admm.SmallRuns.descended;
import static dev.gradus.djl.admm.SmallRuns.network;
import static dev.gradus.djl.admm.SmallRuns.requireResumes;
import static dev.gradus.djl.admm.SmallRuns.requireSame;
import static dev.gradus.djl.admm.SmallRuns.stoppedAfterTen;
import static dev.gradus.djl.admm.SmallRuns.trained;
import static dev.gradus.djl.admm.SmallRuns.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
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
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingMethod;
import dev.gradus.djl.instance.LossWeighting;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockAdmmTest {
  private static final BlockAdmm MESSENGER =
      new BlockAdmm().with("inputs", BlockInputs.FORWARD).with("rho", 2.0).with("stepSize", 0.5);

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
    requireGradients(() -> network(model), unscaled, 0);
  }

  @Test
  void smallerPenaltiesBelowCarryTheSameGradients() {
    requireGradients(() -> network("mlp(width=16)"), MESSENGER.with("rhoRatio", 0.25), 0);
  }

  @Test
  void scalingUndoesTheFactorOfManySteps() {
    var small = MESSENGER.with("rho", 0.5).with("stepSize", 0.25);
    requireGradients(() -> network("mlp(width=16)"), small, 0);
  }

  /** Weights above the cuts that are small bend nothing. */
  @Test
  void scalingUndoesTheFactorOfSeveralStepsBehindEachCut() {
    var several =
        MESSENGER
            .with("cuts", new Cuts.Balanced(3))
            .with("rho", 1.0)
            .with("stepSize", 0.25)
            .with("steps", 3);
    requireGradients(BlockAdmmTest::straight, several, 5e-3f);
  }

  private static Network straight() {
    var network = Few.layers(_ -> Blocks.identityBlock(), 9, 7, 3);
    network.initialise(List.of(1L, 8L, 8L), 3);
    for (var tensor : network.tensors().subList(2, 6)) {
      var values = tensor.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] *= 0.05f;
      }
      tensor.data().copyFrom(MemorySegment.ofArray(values));
    }
    return network;
  }

  /** Compares the gradients of one batch, as the change of the weights by plain descent. */
  private static void requireGradients(Supplier<Network> network, BlockAdmm method, float share) {
    var before = descended(network, TrainingMethod.BACK_PROPAGATION, 0);
    var expected = descended(network, TrainingMethod.BACK_PROPAGATION, 1);
    var found = descended(network, method, 1);
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
          float rounding = (1e-5f + share) * largest + 1.2e-7f * magnitude + 1e-8f;
          assertThat(found.get(name)).as(name).containsExactly(values, within(rounding));
        });
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
    requireResumes("mlp(width=16)", method, folder);
  }

  @Test
  void dualsArePassedByNoBlockBehindTheLastCut() {
    assertThat(passesOfTheLastBlock(true)).isPositive().isEqualTo(passesOfTheLastBlock(false));
  }

  private static int passesOfTheLastBlock(boolean duals) {
    var passes = new AtomicInteger();
    var layers =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(8).build())
            .add(Linear.builder().setUnits(3).build())
            .addSingleton(
                outputs -> {
                  passes.incrementAndGet();
                  return outputs;
                });
    var method = new BlockAdmm().with("cuts", new Cuts.Balanced(2)).with("iterations", 2);
    try (var network = Network.of("counted", layers)) {
      training(network, method.with("duals", duals)).run();
    }
    return passes.get();
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
    assertThatThrownBy(
            () ->
                new MemoryOfAll(
                    2_000_000_000, Stream.of(4096, 4096, 128, 128).map(Shape::new).toList()))
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
      stoppedAfterTen(training(network, new BlockAdmm()).checkpoints(Checkpoints.in(folder)));
      var other = training(network, new BlockAdmm().with("rho", 2.0));
      assertThatThrownBy(other.checkpoints(Checkpoints.in(folder).resuming())::run)
          .hasMessageContaining("method");
    }
  }
}
