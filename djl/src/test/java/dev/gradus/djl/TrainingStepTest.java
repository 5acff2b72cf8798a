package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a step changes, and what it leaves alone. */
class TrainingStepTest {
  private static final Offset<Float> ROUNDING = Offset.offset(2e-6f);

  @Test
  void learns() {
    try (var network = Tiny.network()) {
      var losses = new ArrayList<Double>();
      Tiny.training(network, Tiny.data()).epochs(25).listener(e -> collect(e, losses)).run();
      assertThat(losses.getLast()).isLessThan(losses.getFirst() / 2);
    }
  }

  private static void collect(TrainingEvent event, List<Double> losses) {
    if (event instanceof TrainingEvent.EpochDone epoch) {
      losses.add(epoch.trainLoss());
    }
  }

  @Test
  void oneStepOfPlainDescentIsTheGradient() {
    try (var network = linear()) {
      var data = numbers(new float[] {1, 2}, new float[] {3, -1});
      network.initialise(List.of(2L), 0);
      set(network, new float[] {0.5f, -0.25f});
      Training.of(network, data).group(descent(0.1)).batch(2).epochs(1).run();
      // outputs 0, 1.75; targets 1, 2; d = 2 (output - target) = -2, -0.5; mean over two examples
      // gradient = (-2 (1, 2) - 0.5 (3, -1)) / 2 = (-1.75, -1.75)
      assertThat(Tiny.values(network).get("Linear.weight"))
          .containsExactly(new float[] {0.675f, -0.075f}, ROUNDING);
    }
  }

  @Test
  void gradientsLeftByOthersDoNotCount() {
    try (var network = linear()) {
      var data = numbers(new float[] {1, 2}, new float[] {3, -1});
      network.initialise(List.of(2L), 0);
      set(network, new float[] {0.5f, -0.25f});
      try (var collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(network.parameters().getFirst().array().sum());
      }
      Training.of(network, data).group(descent(0.1)).batch(2).epochs(1).run();
      assertThat(Tiny.values(network).get("Linear.weight"))
          .containsExactly(new float[] {0.675f, -0.075f}, ROUNDING);
    }
  }

  @Test
  void weightsOfExamplesMultiplyTheirLosses() {
    try (var network = linear()) {
      var data = numbers(new float[] {1, 2}, new float[] {3, -1});
      network.initialise(List.of(2L), 0);
      set(network, new float[] {0.5f, -0.25f});
      var losses = new ArrayList<Double>();
      Training.of(network, data)
          .group(descent(0.1))
          .weights((batch, weights) -> weigh(batch, weights))
          .batch(2)
          .epochs(1)
          .listener(event -> collect(event, losses))
          .run();
      // the first example counts 0, the second 4: loss (0 * 1 + 4 * 0.0625) / 2
      assertThat(losses).containsExactly(0.125);
      // gradient = 4 * -0.5 (3, -1) / 2 = (-3, 1)
      assertThat(Tiny.values(network).get("Linear.weight"))
          .containsExactly(new float[] {0.8f, -0.35f}, ROUNDING);
    }
  }

  private static void weigh(Batch batch, float[] weights) {
    for (int place = 0; place < weights.length; place++) {
      weights[place] = batch.index(place) == 0 ? 0 : 4;
    }
  }

  @Test
  void classWeightsOfTheTaskCount() {
    var weighted = new Task.Classification(List.of("one", "two", "three"), List.of(0.0, 0.0, 0.0));
    var data = Tiny.data();
    var losses = new ArrayList<Double>();
    try (var network = Tiny.plain()) {
      var task =
          new DataSet(
              "weighted",
              List.of(),
              weighted,
              List.of(),
              data.normalisation(),
              data.train(),
              data.validation(),
              data.test());
      Tiny.training(network, task).epochs(1).listener(event -> collect(event, losses)).run();
    }
    assertThat(losses).containsExactly(0.0);
  }

  @Test
  void partsOfABatchAddUpToTheBatch() {
    var whole = trainPlain(1);
    var parts = trainPlain(3);
    assertThat(parts.keySet()).isEqualTo(whole.keySet());
    whole.forEach(
        (name, values) -> assertThat(parts.get(name)).as(name).containsExactly(values, ROUNDING));
  }

  private static Map<String, float[]> trainPlain(int parts) {
    try (var network = Tiny.plain()) {
      Training.of(network, Tiny.data())
          .group(descent(0.05))
          .batch(10)
          .epochs(2)
          .accumulation(parts)
          .run();
      return Tiny.values(network);
    }
  }

  @Test
  void frozenParametersStayAndOthersMove() {
    try (var network = Tiny.network()) {
      network.initialise(List.of(1L, 6L, 6L), 7);
      network.parameters().stream()
          .filter(named -> named.name().equals("Conv2d.weight"))
          .forEach(named -> named.parameter().freeze(true));
      var before = Tiny.values(network);
      Tiny.training(network, Tiny.data()).run();
      var after = Tiny.values(network);
      assertThat(after.get("Conv2d.weight")).isEqualTo(before.get("Conv2d.weight"));
      assertThat(after.get("Linear.weight")).isNotEqualTo(before.get("Linear.weight"));
      assertThat(after.get("BatchNorm.runningMean"))
          .isNotEqualTo(before.get("BatchNorm.runningMean"));
    }
  }

  @Test
  void aGradientThatIsNotFiniteStopsBeforeAnythingIsTouched() {
    try (var network = Tiny.network()) {
      network.initialise(List.of(1L, 6L, 6L), 7);
      var before = Tiny.values(network);
      var training = Tiny.training(network, Tiny.data()).loss(TrainingStepTest::infinitelySteep);
      assertThatThrownBy(training::run)
          .isInstanceOf(NotFiniteException.class)
          .hasMessageContaining("step 0")
          .hasMessageContaining("the gradient of Conv2d.weight");
      assertUntouched(network, before);
    }
  }

  @Test
  void aLossThatIsNotFiniteStopsBeforeAnythingIsTouched() {
    var train = (Tiny.Held) Tiny.images(50, 1);
    train.inputs().forEach(input -> input[0] = Float.NaN);
    try (var network = Tiny.network()) {
      network.initialise(List.of(1L, 6L, 6L), 7);
      var before = Tiny.values(network);
      var training = Tiny.training(network, Tiny.data(train));
      assertThatThrownBy(training::run)
          .isInstanceOf(NotFiniteException.class)
          .hasMessageContaining("the loss");
      assertUntouched(network, before);
    }
  }

  @Test
  void stepsThatAreNotFiniteCanBeSkippedAndAreCounted() {
    var steps = new AtomicInteger();
    var skipped = new ArrayList<String>();
    try (var network = Tiny.network()) {
      var result =
          Tiny.training(network, Tiny.data())
              .onNotFinite(OnNotFinite.SKIP)
              .loss((outputs, targets) -> steepInStep(2, steps, outputs, targets))
              .listener(
                  event -> {
                    if (event instanceof TrainingEvent.StepSkipped skip) {
                      skipped.add(skip.step() + " " + skip.what());
                    }
                  })
              .run();
      assertThat(result.skipped()).isEqualTo(1);
      assertThat(skipped).containsExactly("2 the gradient of Conv2d.weight");
      Tiny.values(network)
          .forEach((name, values) -> assertThat(values).as(name).doesNotContain(Float.NaN));
    }
  }

  private static NDArray steepInStep(
      int step, AtomicInteger calls, NDArray outputs, NDArray targets) {
    return calls.getAndIncrement() == step
        ? infinitelySteep(outputs, targets)
        : new Loss.CrossEntropy().ofEach(outputs, targets);
  }

  /** A loss of 0 whose gradient is ∞ × 0. */
  private static NDArray infinitelySteep(NDArray outputs, NDArray targets) {
    return outputs.mul(0).sqrt().sum(new int[] {1}).add(targets.mul(0));
  }

  private static void assertUntouched(Network network, Map<String, float[]> before) {
    Tiny.values(network)
        .forEach((name, values) -> assertThat(values).as(name).isEqualTo(before.get(name)));
  }

  @Test
  void measuresTensorsWhenAsked() {
    var measured = new ArrayList<Map<String, Map<String, Double>>>();
    try (var network = Tiny.network()) {
      Tiny.training(network, Tiny.data())
          .measureEvery(4)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.StepDone step && !step.measured().isEmpty()) {
                  measured.add(step.measured());
                }
              })
          .run();
    }
    assertThat(measured).hasSize(6);
    assertThat(measured.getFirst()).containsKey("BatchNorm.gamma");
    assertThat(measured.getFirst().getOrDefault("Conv2d.weight", Map.of()))
        .containsKeys("gradientNorm", "weightNorm", "updateNorm");
  }

  @Test
  void memoryStaysFlat() {
    assertFlat(Tiny.network());
  }

  @Test
  void memoryStaysFlatWhenABlockComputesWithItsWeights() {
    assertFlat(Tiny.network(new SequentialBlock().add(new Scaled())));
  }

  private static void assertFlat(Network network) {
    var alive = new ArrayList<Integer>();
    try (network) {
      Tiny.training(network, Tiny.data())
          .epochs(50)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.StepDone) {
                  alive.add(network.arraysAlive());
                }
              })
          .run();
    }
    assertThat(alive).hasSize(350);
    assertThat(alive.getLast()).isEqualTo(alive.get(5));
  }

  /** A layer whose results with its weights belong to the manager of the weights. */
  private static final class Scaled extends AbstractBlock {
    private final Parameter weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());

    @Override
    protected void prepare(Shape[] inputShapes) {
      weight.setShape(new Shape(36, 3));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      var input = inputs.singletonOrThrow();
      var doubled = store.getValue(weight, input.getDevice(), training).mul(2);
      return new NDList(input.reshape(-1, 36).dot(doubled));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return new Shape[] {new Shape(inputShapes[0].get(0), 3)};
    }
  }

  @Test
  void refusesANetworkWithOtherOutputsThanTheTask() {
    try (var network = Tiny.network(layers(4))) {
      assertThatThrownBy(() -> Tiny.training(network, Tiny.data()).run())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("has 4 outputs, but the data set tiny needs 3");
    }
  }

  @Test
  void refusesAWeightThatIsNotContiguous() {
    var block = layers(3);
    try (var network = Tiny.network(block)) {
      network.initialise(List.of(1L, 6L, 6L), 0);
      var weight = network.parameters().getFirst().parameter();
      var turned = weight.getArray().getManager().ones(new Shape(36, 3)).transpose();
      weight.close();
      weight.setShape(null);
      weight.setArray(turned);
      assertThatThrownBy(() -> Tiny.training(network, Tiny.data()).run())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Linear.weight is not contiguous");
    }
  }

  @Test
  void refusesAnArrayThatIsReplacedDuringTraining() {
    try (var network = Tiny.network(layers(3))) {
      var training = Tiny.training(network, Tiny.data()).listener(event -> replace(network, event));
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("The array of parameter Linear.weight was replaced");
    }
  }

  private static void replace(Network network, TrainingEvent event) {
    if (event instanceof TrainingEvent.StepDone) {
      var weight = network.parameters().getFirst().parameter();
      var copy = weight.getArray().duplicate();
      weight.close();
      weight.setShape(null);
      weight.setArray(copy);
      weight.freeze(false);
    }
  }

  @Test
  void refusesToNormaliseOneExample() {
    var block =
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(BatchNorm.builder().build())
            .add(Linear.builder().setUnits(3).build());
    try (var network = Tiny.network(block)) {
      var training = Tiny.training(network, Tiny.data()).batch(8).accumulation(7);
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("cannot normalise batches or parts of one example");
    }
  }

  private static Block layers(int outputs) {
    return new SequentialBlock()
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(outputs).build());
  }

  private static Network linear() {
    var linear = Linear.builder().setUnits(1).optBias(false).build();
    return Tiny.network(new SequentialBlock().add(LambdaBlock.singleton(x -> x)).add(linear));
  }

  private static DataSet numbers(float[] one, float[] two) {
    var examples = new Tiny.Held(List.of(2L), List.of(one, two), List.of(1f, 2f));
    var task = new Task.Regression(List.of("y"), List.of(0.0), List.of(1.0));
    var none = new Tiny.Held(List.of(2L), List.of(), List.of());
    return new DataSet(
        "numbers", List.of(), task, List.of(), Tiny.data().normalisation(), examples, none, none);
  }

  private static void set(Network network, float[] values) {
    network.parameters().getFirst().array().set(values);
  }

  private static Group descent(double learningRate) {
    return Group.all(Rules.parse("sgd"), learningRate);
  }
}
