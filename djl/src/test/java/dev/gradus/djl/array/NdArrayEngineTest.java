package dev.gradus.djl.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.OptimizerBuilder;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.equation.Format;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NdArrayEngineTest {
  private static final int PAIRS = 40;

  /** Every rule alone, with each of its choices, and pairs of rules that are drawn. */
  static List<Pipeline> pipelines() {
    var pipelines = new ArrayList<Pipeline>();
    for (RecordType<? extends Rule> type : Rules.CATALOGUE.types()) {
      pipelines.add(Rules.parse(type.name()));
      type.options().stream()
          .flatMap(option -> choices(type, option))
          .forEach(text -> parsed(text).ifPresent(pipelines::add));
    }
    var random = new Random(5);
    while (pipelines.size() % PAIRS != 0) {
      parsed(drawn(random) + " | " + drawn(random)).ifPresent(pipelines::add);
    }
    return pipelines;
  }

  private static Stream<String> choices(RecordType<?> type, Option option) {
    Stream<Object> values =
        option.type() == boolean.class
            ? Stream.of(true, false)
            : option.type().isEnum()
                ? Arrays.stream(option.type().getEnumConstants())
                : Stream.of();
    return values
        .filter(value -> !value.equals(option.initial()))
        .map(value -> "%s(%s=%s)".formatted(type.name(), option.name(), word(value)));
  }

  private static String word(Object value) {
    return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String drawn(Random random) {
    var types = Rules.CATALOGUE.types();
    return types.get(random.nextInt(types.size())).name();
  }

  private static Optional<Pipeline> parsed(String text) {
    try {
      Pipeline pipeline = Rules.parse(text);
      new Contestant(pipeline, false, OptimizerBuilder::reference).close();
      return Optional.of(pipeline);
    } catch (UserException refused) {
      return Optional.empty();
    }
  }

  private static OptimizerBuilder single(OptimizerBuilder builder) {
    return builder.engine(NdArrayEngine.on(Device.cpu(), DataType.FLOAT32));
  }

  private static OptimizerBuilder wide(OptimizerBuilder builder) {
    return builder.engine(NdArrayEngine.on(Device.cpu(), DataType.FLOAT64));
  }

  /** An engine that takes the CPU for a device whose memory the host can't reach. */
  private static OptimizerBuilder distant(OptimizerBuilder builder) {
    return builder.engine(
        (tensors, check) ->
            new NdArrayEngine(tensors, check, Device.cpu(), DataType.FLOAT32, false));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void oneStepFromTheSameStateIsThatOfTheOtherEngines(Pipeline pipeline) {
    try (var loops = new Contestant(pipeline, true, builder -> builder);
        var judge = new Contestant(pipeline, false, OptimizerBuilder::reference);
        var arrays = new Contestant(pipeline, true, NdArrayEngineTest::single)) {
      loops.step(1, 1);
      loops.step(2, 1);
      judge.takeOver(loops);
      arrays.takeOver(loops);
      Stream.of(loops, judge, arrays).forEach(one -> one.step(3, 1));
      requireClose(arrays.values(), judge.values(), 2e-6);
      requireClose(loops.values(), judge.values(), 2e-6);
    }
  }

  /** Squares of such gradients vanish in single precision. */
  @ParameterizedTest
  @MethodSource("pipelines")
  void tinyGradientsAreTakenRightly(Pipeline pipeline) {
    try (var judge = new Contestant(pipeline, false, OptimizerBuilder::reference);
        var arrays = new Contestant(pipeline, true, NdArrayEngineTest::single)) {
      judge.step(1, 1e-30);
      arrays.step(1, 1e-30);
      requireClose(arrays.weights(), judge.weights(), 2e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void inDoublePrecisionStepsAreThoseOfTheReference(Pipeline pipeline) {
    try (var judge = new Contestant(pipeline, false, OptimizerBuilder::reference);
        var arrays = new Contestant(pipeline, false, NdArrayEngineTest::wide)) {
      for (int step = 1; step <= 4; step++) {
        int absent = step == 2 ? 1 : -1;
        judge.leaveOut(absent);
        arrays.leaveOut(absent);
        judge.step(step, 1);
        arrays.step(step, 1);
      }
      requireClose(arrays.values(), judge.values(), 1e-12);
    }
  }

  private static void requireClose(
      Map<String, double[]> found, Map<String, double[]> expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    expected.forEach(
        (name, numbers) -> {
          double[] actual = found.getOrDefault(name, new double[0]);
          double largest = Arrays.stream(numbers).map(Math::abs).max().orElse(0);
          for (int i = 0; i < numbers.length; i++) {
            assertThat(Math.abs(actual[i] - numbers[i]))
                .as("%s[%d]: %s instead of %s", name, i, actual[i], numbers[i])
                .isLessThanOrEqualTo(tolerance * largest);
          }
        });
  }

  @Test
  void reportsMeasureTheSame() {
    Pipeline pipeline = Rules.parse("clip-norm(0.1) | lamb");
    try (var judge = new Contestant(pipeline, false, OptimizerBuilder::reference);
        var arrays = new Contestant(pipeline, false, NdArrayEngineTest::wide)) {
      judge.leaveOut(0);
      arrays.leaveOut(0);
      judge.optimizer().measureNextStep();
      arrays.optimizer().measureNextStep();
      var expected = judge.step(1, 1).measured();
      var found = arrays.step(1, 1).measured();
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (parameter, numbers) ->
              numbers.forEach(
                  (name, number) ->
                      assertThat(found.getOrDefault(parameter, Map.of()).getOrDefault(name, 0.0))
                          .as(parameter + " " + name)
                          .isCloseTo(number, within(1e-12))));
    }
  }

  @Test
  void gradientsThatAreNotFiniteLeaveEverythingAsItWas() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e30}) {
      try (var arrays =
          new Contestant(
              Rules.parse("adam | clip-norm"), true, builder -> single(builder).checkFinite())) {
        arrays.step(1, 1);
        var before = arrays.values();
        arrays.spoil(1, bad);
        var report = arrays.stepAsItIs();
        assertThat(report.notFinite()).contains("matrix");
        requireClose(arrays.values(), before, 0);
        assertThat(arrays.step(2, 1).accepted()).isTrue();
        assertThat(arrays.optimizer().steps()).isEqualTo(2);
      }
    }
  }

  @Test
  void aSumBeyondSinglePrecisionIsNotTakenForInfinite() {
    try (var arrays =
        new Contestant(Rules.parse("sgd"), true, builder -> single(builder).checkFinite())) {
      assertThat(arrays.step(1, 5e18).accepted()).isTrue();
    }
  }

  @Test
  void statesOfAnotherDeviceAreSavedAndRestored() {
    Pipeline pipeline = Rules.parse("amsgrad | lookahead(2) | ema");
    try (var near = new Contestant(pipeline, true, NdArrayEngineTest::single);
        var far = new Contestant(pipeline, true, NdArrayEngineTest::distant);
        var resumed = new Contestant(pipeline, true, NdArrayEngineTest::distant)) {
      for (int step = 1; step <= 3; step++) {
        near.step(step, 1);
        far.step(step, 1);
      }
      requireClose(far.values(), near.values(), 0);
      resumed.takeOver(far);
      near.step(4, 1);
      resumed.step(4, 1);
      requireClose(resumed.values(), near.values(), 0);
    }
  }

  /** A weight that isn't contiguous, as an array. */
  private record Given(NDArray weight, NDArray gradient) implements ArrayTensors {
    @Override
    public NDArray weightArray(int index) {
      return weight;
    }

    @Override
    public @Nullable NDArray gradientArray(int index) {
      return gradient;
    }
  }

  private static void stepOnce(NDArray weight, NDArray gradient, DataType type) {
    var parameter = new Parameter("w", Shape.of(3, 2), ParameterType.WEIGHT);
    try (var optimizer =
        Optimizer.of(List.of(parameter))
            .group(Group.all(Rules.parse("sgd"), 0.5))
            .engine(NdArrayEngine.on(Device.cpu(), type))
            .build()) {
      optimizer.step(new Given(weight, gradient));
    }
  }

  @Test
  void arraysThatAreNotContiguousAreUpdated() {
    try (var manager = NDManager.newBaseManager()) {
      var base = manager.arange(6f).reshape(2, 3);
      var weight = base.transpose();
      weight.setRequiresGradient(false);
      stepOnce(weight, manager.ones(weight.getShape()), DataType.FLOAT32);
      assertThat(base.toFloatArray()).containsExactly(-0.5f, 0.5f, 1.5f, 2.5f, 3.5f, 4.5f);
    }
  }

  @Test
  void arraysOfOtherTypesAreUpdated() {
    for (DataType type : List.of(DataType.FLOAT16, DataType.FLOAT64)) {
      try (var manager = NDManager.newBaseManager()) {
        var weight = manager.arange(6f).reshape(3, 2).toType(type, true);
        weight.setRequiresGradient(true);
        stepOnce(weight, manager.ones(weight.getShape()).toType(type, true), DataType.FLOAT32);
        assertThat(weight.getDataType()).isEqualTo(type);
        assertThat(weight.toType(DataType.FLOAT32, true).toFloatArray())
            .containsExactly(-0.5f, 0.5f, 1.5f, 2.5f, 3.5f, 4.5f);
      }
    }
  }

  @Test
  void nothingIsLeftBehindByAStep() {
    try (var manager = NDManager.newBaseManager()) {
      var straight = manager.arange(6f).reshape(3, 2);
      var turned = manager.arange(6f).reshape(2, 3).transpose();
      var gradient = manager.ones(straight.getShape());
      int before = manager.getManagedArrays().size();
      stepOnce(straight, gradient, DataType.FLOAT32);
      stepOnce(turned, gradient, DataType.FLOAT32);
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void memoryOfAnotherSizeIsRefused() {
    var parameter = new Parameter("w", Shape.of(4, 2), ParameterType.WEIGHT);
    try (var manager = NDManager.newBaseManager();
        var optimizer =
            Optimizer.of(List.of(parameter))
                .group(Group.all(Rules.parse("sgd"), 0.5))
                .engine(NdArrayEngine.on(Device.cpu(), DataType.FLOAT32))
                .build()) {
      var weight = manager.zeros(new ai.djl.ndarray.types.Shape(3, 2));
      assertThatThrownBy(() -> optimizer.step(new Given(weight, weight)))
          .hasMessageContaining("'w'")
          .hasMessageContaining("(3, 2)");
    }
  }

  @Test
  void refusesWeightsOf16Bits() {
    var half = new Parameter("w", Shape.of(2), ParameterType.WEIGHT, Format.BFLOAT16);
    var builder =
        Optimizer.of(List.of(half))
            .group(Group.all(Rules.parse("sgd"), 1))
            .engine(NdArrayEngine.on(Device.cpu(), DataType.FLOAT32));
    assertThatThrownBy(builder::build)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'w' is in the format BFLOAT16");
  }
}
