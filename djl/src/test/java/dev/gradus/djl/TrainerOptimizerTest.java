package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.LocalParameterServer;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.safetensors.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerOptimizerTest {
  private final NDManager manager = NDManager.newBaseManager();

  @TempDir Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  private static Function<Model, Optimizer> ours(String pipeline) {
    return model -> TrainerOptimizer.of(model, pipeline, 1e-3);
  }

  private static Optimizer adamWOfDjl(float epsilon) {
    return Optimizer.adamW()
        .optLearningRateTracker(Tracker.fixed(1e-3f))
        .optWeightDecays(0.01f)
        .optEpsilon(epsilon)
        .build();
  }

  private TrainerOptimizer over(Holder holder, String pipeline, double learningRate) {
    return TrainerOptimizer.of("holder", holder)
        .group(Group.all(Rules.parse(pipeline), learningRate))
        .build();
  }

  private Holder holder(NDArray... arrays) {
    var named = new LinkedHashMap<String, NDArray>();
    for (NDArray array : arrays) {
      named.put("w" + named.size(), array);
    }
    return new Holder(named);
  }

  /** The larger epsilon tells where it is added. */
  @ParameterizedTest
  @ValueSource(floats = {1e-8f, 1e-2f})
  void lossesAreThoseOfDjlsAdamW(float epsilon) {
    var rules =
        Rules.parse(
            "adamw(weightDecay=0.01, epsilon=%s, epsilonPlacement=before-correction)"
                .formatted(epsilon));
    Function<Model, Optimizer> same =
        model ->
            TrainerOptimizer.of(model).group(Group.all(rules, 1e-3).decayingEverything()).build();
    try (var djl = new MlpProgram(_ -> adamWOfDjl(epsilon));
        var gradus = new MlpProgram(same)) {
      List<Float> expected = djl.run(0, 200);
      List<Float> found = gradus.run(0, 200);
      assertThat(expected.getLast()).isLessThan(expected.getFirst() / 4);
      for (int step = 0; step < expected.size(); step++) {
        assertThat(Math.abs(found.get(step) - expected.get(step)))
            .as("step %d: %s instead of %s", step, found.get(step), expected.get(step))
            .isLessThan(1e-4f);
      }
    }
  }

  @Test
  void gradientsAreZeroAfterAStepAsDjlLeavesThem() {
    for (Function<Model, Optimizer> optimizer :
        List.<Function<Model, Optimizer>>of(_ -> adamWOfDjl(1e-8f), ours("clip-norm(1) | adamw"))) {
      try (var program = new MlpProgram(optimizer)) {
        program.backward(1);
        assertThat(largestGradient(program)).isPositive();
        program.trainer().step();
        assertThat(largestGradient(program)).isZero();
      }
    }
  }

  private static double largestGradient(MlpProgram program) {
    double largest = 0;
    for (var parameter : program.parameters()) {
      try (NDArray gradient = parameter.getArray().getGradient()) {
        for (float number : gradient.toFloatArray()) {
          largest = Math.max(largest, Math.abs(number));
        }
      }
    }
    return largest;
  }

  @Test
  void normsAreThoseOfTheWholeModel() {
    var holder = holder(manager.create(new float[] {1, 1}), manager.create(new float[] {1}));
    try (var optimizer = over(holder, "clip-norm(1)", 1)) {
      holder.update(optimizer, "w1", manager.create(new float[] {4}));
      assertThat(holder.parameter("w1").getArray().toFloatArray()).containsExactly(1);
      holder.update(optimizer, "w0", manager.create(new float[] {3, 0}));
      assertThat(holder.parameter("w0").getArray().toFloatArray())
          .containsExactly(new float[] {0.4f, 1}, within(1e-6f));
      assertThat(holder.parameter("w1").getArray().toFloatArray())
          .containsExactly(new float[] {0.2f}, within(1e-6f));
    }
  }

  @Test
  void clippingByValueActsOnBothSides() {
    var holder = holder(manager.create(new float[] {0, 0}));
    try (var optimizer = over(holder, "clip-value(1)", 1)) {
      holder.update(optimizer, "w0", manager.create(new float[] {100, -100}));
      assertThat(holder.parameter("w0").getArray().toFloatArray()).containsExactly(-1, 1);
    }
  }

  @Test
  void replicasOfDjlDriftAndOursDoNot() {
    var gradients = List.of(new float[] {1, 2}, new float[] {-1, 0.5f}, new float[] {3, -2});
    for (boolean ours : new boolean[] {false, true}) {
      var holder = holder(manager.create(new float[] {1, 1}), manager.create(new float[] {2, 2}));
      var replicas =
          Map.of(
              "w0", manager.create(new float[] {1, 1}), "w1", manager.create(new float[] {2, 2}));
      Optimizer optimizer = ours ? over(holder, "adamw", 1e-3) : Optimizer.adamW().build();
      for (float[] numbers : gradients) {
        for (String name : List.of("w1", "w0")) {
          NDArray gradient = manager.create(numbers);
          NDArray replica = replicas.getOrDefault(name, gradient);
          holder.update(optimizer, name, gradient, replica);
        }
      }
      for (String name : List.of("w0", "w1")) {
        boolean equal =
            replicas
                .getOrDefault(name, manager.create(0f))
                .contentEquals(holder.parameter(name).getArray());
        assertThat(equal).as("%s with %s", name, optimizer.getClass()).isEqualTo(ours);
      }
      if (optimizer instanceof TrainerOptimizer counting) {
        assertThat(counting.optimizer().steps()).isEqualTo(3);
        counting.close();
      }
    }
  }

  @Test
  void groupsAndMasksKnowNamesAndTypes() {
    try (var program =
        new MlpProgram(
            model ->
                TrainerOptimizer.of(model)
                    .group(Group.all(Rules.parse("clip-value(1e-12) | decay(1)"), 0.5))
                    .group(Group.all(Rules.parse("sgd"), 0).named("02Linear.*"))
                    .build())) {
      var before = program.weights();
      program.backward(1);
      program.trainer().step();
      var after = program.weights();
      assertThat(after.get(0)).isEqualTo(before.get(0));
      assertThat(after.get(2)).containsExactly(halved(before.get(2)), within(1e-6f));
      assertThat(after.get(3)).containsExactly(before.get(3), within(1e-6f));
    }
  }

  private static float[] halved(float[] numbers) {
    var half = numbers.clone();
    for (int i = 0; i < half.length; i++) {
      half[i] /= 2;
    }
    return half;
  }

  @Test
  void frozenParametersAreLeftAloneAndMayJoinLater() {
    try (var program = new MlpProgram(ours("adamw"))) {
      var first = program.parameters().getFirst();
      first.freeze(true);
      var before = program.weights();
      program.run(0, 3);
      assertThat(program.weights().getFirst()).isEqualTo(before.getFirst());
      assertThat(program.weights().get(2)).isNotEqualTo(before.get(2));
      first.freeze(false);
      program.run(3, 1);
      assertThat(program.weights().getFirst()).isNotEqualTo(before.getFirst());
      program.parameters().get(2).freeze(true);
      var third = program.weights().get(2);
      program.run(4, 1);
      assertThat(program.weights().get(2)).isEqualTo(third);
    }
  }

  @Test
  void aParameterThatJoinsKeepsTheStatesOfTheOthers() {
    var holder = holder(manager.create(new float[] {1}), manager.create(new float[] {1}));
    try (var optimizer = over(holder, "sgd(momentum=0.5)", 1)) {
      holder.parameter("w1").freeze(true);
      holder.update(optimizer, "w0", manager.create(new float[] {1}));
      holder.parameter("w1").freeze(false);
      holder.update(optimizer, "w0", manager.create(new float[] {0}));
      holder.update(optimizer, "w1", manager.create(new float[] {1}));
      assertThat(holder.parameter("w0").getArray().toFloatArray()).containsExactly(-0.5f);
      assertThat(holder.parameter("w1").getArray().toFloatArray()).containsExactly(0);
      assertThat(optimizer.optimizer().steps()).isEqualTo(2);
    }
  }

  @Test
  void aResumedProgramEndsWithTheSameBits() {
    String pipeline = "clip-norm(0.5) | adamp | decay(0.01) | lookahead(3)";
    List<float[]> undisturbed;
    try (var program = new MlpProgram(ours(pipeline))) {
      program.run(0, 9);
      undisturbed = program.weights();
    }
    var killed = new TrainerOptimizer[1];
    try (var program = new MlpProgram(model -> killed[0] = made(model, pipeline))) {
      program.run(0, 4);
      killed[0].save(folder);
      program.run(4, 2);
    }
    var resumed = new TrainerOptimizer[1];
    try (var program = new MlpProgram(model -> resumed[0] = made(model, pipeline))) {
      program.run(20, 2);
      assertThat(resumed[0].resume(folder)).isTrue();
      assertThat(resumed[0].optimizer().steps()).isEqualTo(4);
      program.run(4, 5);
      assertThat(program.weights()).containsExactlyElementsOf(undisturbed);
    }
    assertThat(killed[0]).isNotSameAs(resumed[0]);
  }

  private static TrainerOptimizer made(Model model, String pipeline) {
    return TrainerOptimizer.of(model, pipeline, 1e-3);
  }

  @Test
  void aNewFolderHoldsNothingToResume() {
    var holder = holder(manager.create(new float[] {1}));
    try (var optimizer = over(holder, "sgd", 1)) {
      assertThat(optimizer.resume(folder)).isFalse();
    }
  }

  @Test
  void weightsThatAreNotContiguousAndOfOtherTypesAreUpdated() {
    NDArray base = manager.arange(6f).reshape(2, 3);
    for (NDArray weight :
        List.of(
            base.transpose(),
            manager.arange(6f).reshape(3, 2).toType(DataType.FLOAT64, true),
            manager.arange(6f).reshape(3, 2).toType(DataType.FLOAT16, true))) {
      float[] before = weight.toType(DataType.FLOAT32, true).toFloatArray();
      var holder = holder(weight);
      try (var optimizer = over(holder, "sgd", 0.5)) {
        holder.update(optimizer, "w0", manager.ones(new Shape(3, 2), weight.getDataType()));
        Checkpoint checkpoint = optimizer.checkpoint();
        holder.update(optimizer, "w0", manager.ones(new Shape(3, 2), weight.getDataType()));
        optimizer.restore(checkpoint);
        float[] after = weight.toType(DataType.FLOAT32, true).toFloatArray();
        for (int i = 0; i < before.length; i++) {
          assertThat(after[i]).isEqualTo(before[i] - 0.5f);
        }
      }
    }
    assertThat(base.toFloatArray()).containsExactly(-0.5f, 0.5f, 1.5f, 2.5f, 3.5f, 4.5f);
  }

  @Test
  void weightsThatAreNotContiguousLeaveNothingBehind() {
    var holder = holder(manager.arange(6f).reshape(2, 3).transpose());
    try (var optimizer = over(holder, "adam", 0.5)) {
      NDArray gradient = manager.ones(new Shape(3, 2));
      holder.update(optimizer, "w0", gradient);
      int before = manager.getManagedArrays().size();
      for (int step = 0; step < 3; step++) {
        new LocalParameterServer(optimizer)
            .update(
                holder.parameter("w0").getId(),
                new NDArray[] {gradient},
                new NDArray[] {holder.parameter("w0").getArray()});
      }
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void aStepIsMeasuredWhenAsked() {
    var holder = holder(manager.create(new float[] {3, 4}));
    try (var optimizer = over(holder, "sgd", 1)) {
      optimizer.measureNextStep();
      holder.update(optimizer, "w0", manager.create(new float[] {0, 2}));
      assertThat(optimizer.report().measured().get("w0"))
          .containsEntry("weightNorm", 5.0)
          .containsEntry("gradientNorm", 2.0);
    }
  }

  @Test
  void stepsWithGradientsThatAreNotFiniteAreLeftOut() {
    var holder = holder(manager.create(new float[] {3, 4}));
    try (var optimizer =
        TrainerOptimizer.of("holder", holder)
            .group(Group.all(Rules.parse("adam"), 1))
            .checkFinite()
            .build()) {
      holder.update(optimizer, "w0", manager.create(new float[] {0, Float.NaN}));
      assertThat(holder.parameter("w0").getArray().toFloatArray()).containsExactly(3, 4);
      assertThat(optimizer.report().notFinite()).contains("w0");
      assertThat(optimizer.optimizer().steps()).isZero();
    }
  }

  @Test
  void anotherNetworksParameterIsRefused() {
    var holder = holder(manager.create(new float[] {1}));
    var stranger = holder(manager.create(new float[] {1, 2}));
    try (var optimizer = over(holder, "sgd", 1)) {
      NDArray gradient = manager.create(new float[] {1, 2});
      assertThatThrownBy(() -> stranger.update(optimizer, "w0", gradient))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("shape (2)")
          .hasMessageContaining("holder")
          .hasMessageContaining("give each trainer an optimizer");
    }
  }

  @Test
  void twoTrainersWithArraysOfTheirOwnAreRefused() {
    var holder = holder(manager.create(new float[] {1}), manager.create(new float[] {1}));
    try (var optimizer = over(holder, "sgd", 1)) {
      NDArray gradient = manager.create(new float[] {1});
      holder.update(optimizer, "w0", gradient);
      holder.update(optimizer, "w1", gradient);
      String id = holder.parameter("w0").getId();
      NDArray other = manager.create(new float[] {1});
      assertThatThrownBy(() -> optimizer.update(id, other, gradient))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("w0")
          .hasMessageContaining("two trainers");
    }
  }

  @Test
  void aTrainerThatLeavesParametersOutIsToldWhich() {
    var holder = holder(manager.create(new float[] {1}), manager.create(new float[] {1}));
    try (var optimizer = over(holder, "sgd", 1)) {
      NDArray gradient = manager.create(new float[] {1});
      holder.update(optimizer, "w0", gradient);
      assertThatThrownBy(() -> holder.update(optimizer, "w0", gradient))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("w0 comes again before parameter w1");
    }
  }

  @Test
  void mixedTypesAreRefused() {
    var holder =
        holder(
            manager.create(new float[] {1}),
            manager.create(new float[] {1}).toType(DataType.FLOAT64, true));
    try (var optimizer = over(holder, "sgd", 1)) {
      NDArray gradient = manager.create(new float[] {1});
      holder.update(optimizer, "w0", gradient);
      assertThatThrownBy(() -> holder.update(optimizer, "w1", gradient))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Parameter w1 is of type float64, but the other parameters of the network holder are"
                  + " float32; convert it.");
    }
  }

  @Test
  void arraysOfAnotherEngineAreRefused() {
    var holder = holder(manager.create(new float[] {1}));
    try (var optimizer = over(holder, "sgd", 1)) {
      optimizer.optimizer();
      NDArray foreign = OtherEngine.array(1);
      String id = holder.parameter("w0").getId();
      assertThatThrownBy(() -> optimizer.update(id, foreign, foreign))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Parameter w0 belongs to the engine Other, but the optimizer works on PyTorch; train"
                  + " the model with PyTorch.");
    }
  }

  /** What both do is one sequence of steps. */
  @Test
  void twoTrainersOverTheSameArraysTakeTurns() {
    var made = new TrainerOptimizer[1];
    try (var program = new MlpProgram(model -> made[0] = made(model, "adamw"))) {
      program.run(0, 2);
      try (var second = program.newTrainer(made[0])) {
        program.run(second, 2, 2);
      }
      program.run(4, 2);
      assertThat(made[0].optimizer().steps()).isEqualTo(6);
      try (var alone = new MlpProgram(ours("adamw"))) {
        alone.run(0, 6);
        assertThat(program.weights()).containsExactlyElementsOf(alone.weights());
      }
    }
  }

  @Test
  void aChangedShapeIsRefused() {
    var holder = holder(manager.create(new float[] {1, 2}));
    try (var optimizer = over(holder, "sgd", 1)) {
      String id = holder.parameter("w0").getId();
      NDArray changed = manager.create(new float[] {1, 2, 3});
      assertThatThrownBy(() -> optimizer.update(id, changed, changed))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Parameter w0 had the shape (2)")
          .hasMessageContaining("(3)");
    }
  }

  @Test
  void aClosedOptimizerNamesTheParameter() {
    var holder = holder(manager.create(new float[] {1}));
    var optimizer = over(holder, "sgd", 1);
    holder.update(optimizer, "w0", manager.create(new float[] {1}));
    optimizer.close();
    optimizer.close();
    NDArray gradient = manager.create(new float[] {1});
    assertThatThrownBy(() -> holder.update(optimizer, "w0", gradient))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("w0 is closed");
    assertThatThrownBy(optimizer::checkpoint).isInstanceOf(UserException.class);
  }

  @Test
  void checkpointsOfOtherNetworksAreRefusedAndChangeNothing() {
    var holder = holder(manager.create(new float[] {1, 2}));
    try (var optimizer = over(holder, "sgd", 1)) {
      var texts = Map.of("steps", "3");
      requireRefused(optimizer, new Checkpoint(texts, List.of()), "it has no parameter w0");
      requireRefused(
          optimizer,
          new Checkpoint(texts, List.of(Tensor.of("w0", List.of(1L), 5f))),
          "parameter w0 is F32[1] there, but F32[2] here");
      requireRefused(
          optimizer,
          new Checkpoint(
              texts, List.of(Tensor.of("w0", List.of(2L), 5f, 6f), Tensor.of("w9", List.of(), 5f))),
          "it has a parameter w9");
      requireRefused(optimizer, new Checkpoint(Map.of(), List.of()), "no count of steps");
      assertThat(holder.parameter("w0").getArray().toFloatArray()).containsExactly(1, 2);
      assertThat(optimizer.optimizer().steps()).isZero();
    }
  }

  private static void requireRefused(TrainerOptimizer optimizer, Checkpoint saved, String why) {
    assertThatThrownBy(() -> optimizer.restore(saved))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(why);
  }

  @Test
  void parametersWithoutValuesAreNamed() {
    try (var model = Model.newInstance("empty")) {
      model.setBlock(new Mlp(4, 2, new int[] {3}));
      try (var optimizer = made(model, "sgd")) {
        assertThatThrownBy(optimizer::optimizer)
            .isInstanceOf(UserException.class)
            .hasMessageContaining("has no values yet; call the trainer's initialize first");
      }
    }
  }

  @Test
  void nothingIsLeftBehindByAStep() {
    try (var program = new MlpProgram(ours("adamw"))) {
      program.run(0, 3);
      int before = program.trainer().getModel().getNDManager().getManagedArrays().size();
      program.run(3, 5);
      assertThat(program.trainer().getModel().getNDManager().getManagedArrays()).hasSize(before);
    }
  }
}
