package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.Tensors;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an optimizer and what it refuses. */
class OptimizerTest {
  private static final List<Parameter> ONE = Run.parameters(Shape.of(3));

  private static OptimizerBuilder builder() {
    return Optimizer.of(ONE).group(Group.all(Rules.parse("sgd"), 0.1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void closesTwiceAndRefusesWorkAfterwards(int threads) {
    var optimizer = builder().threads(threads).build();
    optimizer.close();
    assertThatCode(optimizer::close).doesNotThrowAnyException();
    var memory = new Given(MemorySegment.NULL, MemorySegment.NULL);
    assertThatThrownBy(() -> optimizer.step(memory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The optimizer is closed; build another.");
    assertThatThrownBy(optimizer::state).hasMessage("The optimizer is closed; build another.");
    assertThatThrownBy(() -> optimizer.restore(0, Map.of()))
        .hasMessage("The optimizer is closed; build another.");
  }

  @Test
  void threadsEndWithTheOptimizer() throws InterruptedException {
    var optimizer = builder().threads(3).build();
    List<Thread> workers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("gradus-worker"))
            .toList();
    assertThat(workers).hasSizeGreaterThanOrEqualTo(2);
    optimizer.close();
    for (Thread worker : workers) {
      worker.join(10_000);
      assertThat(worker.isAlive()).isFalse();
    }
  }

  @Test
  void anOptimizerOfNothingCountsSteps() {
    try (var optimizer = Optimizer.of(List.of()).checkFinite().build()) {
      var report = optimizer.step(new Given(MemorySegment.NULL, MemorySegment.NULL));
      assertThat(report).isEqualTo(new StepReport(Optional.empty(), Map.of()));
      assertThat(optimizer.state()).isEmpty();
    }
  }

  @Test
  void twoParametersOfOneNameAreRefused() {
    var twice = List.of(ONE.getFirst(), ONE.getFirst());
    assertThatThrownBy(() -> Optimizer.of(twice))
        .isInstanceOf(UserException.class)
        .hasMessage("Two parameters are named 'a'; give each a name of its own.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "/"})
  void aNameThatCheckpointsCannotHoldIsRefused(String name) {
    assertThatThrownBy(() -> new Parameter(name, Shape.of(1), ParameterType.OTHER))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("A parameter can't be named '" + name + "'");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> builder().threads(0))
        .isInstanceOf(UserException.class)
        .hasMessage("The optimizer was given 0 threads; it needs at least 1.");
    assertThatThrownBy(() -> builder().totalSteps(0))
        .isInstanceOf(UserException.class)
        .hasMessage("A run of 0 steps is no run; it needs at least 1.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void anImpossibleGradientScaleIsRefused(double scale) {
    try (var optimizer = builder().build()) {
      assertThatThrownBy(() -> optimizer.gradientScale(scale))
          .isInstanceOf(UserException.class)
          .hasMessage("Gradients can't be scaled by " + scale + "; give a finite number above 0.");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e60})
  void aScheduleThatLosesItselfIsRefusedBeforeTheStep(double factor) {
    Group group =
        Group.all(Rules.parse("sgd"), 0.5).withSchedule((step, total) -> step < 2 ? 1 : factor);
    try (Run run = Run.of(ONE, builder -> builder.group(group)).steps(2)) {
      Map<String, byte[]> before = run.bits();
      assertThatThrownBy(run::step)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The learning rate of group '*' would be "
                  + 0.5 * factor
                  + " in step 3, but must be a number of at least 0 within single precision; change"
                  + " its schedule.");
      assertThat(run.bits()).usingRecursiveComparison().isEqualTo(before);
      assertThat(run.optimizer().steps()).isEqualTo(2);
    }
  }

  @Test
  void schedulesSeeStepsFromZeroAndTheLengthOfTheRun() {
    Group group =
        Group.all(Rules.parse("sgd"), 2).withSchedule((step, total) -> step + 100.0 * total);
    try (Run run = Run.of(ONE, builder -> builder.group(group).totalSteps(7))) {
      assertThat(run.optimizer().learningRate(0)).isEqualTo(1400);
      run.steps(3);
      assertThat(run.optimizer().learningRate(0)).isEqualTo(1406);
    }
  }

  static Stream<MemorySegment> unusableMemory() {
    MemorySegment freed;
    try (var arena = Arena.ofShared()) {
      freed = arena.allocate(12);
    }
    return Stream.of(
        MemorySegment.ofArray(new float[3]),
        Arena.global().allocate(8),
        Arena.global().allocate(16),
        freed,
        Arena.ofConfined().allocate(12));
  }

  @ParameterizedTest
  @MethodSource("unusableMemory")
  void unusableMemoryIsRefusedBeforeTheStep(MemorySegment unusable) {
    var good = Arena.global().allocate(12);
    try (var optimizer = builder().threads(2).build()) {
      assertThatThrownBy(() -> optimizer.step(new Given(unusable, good)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("The memory given for tensor 'a' of shape [3] ");
      assertThatThrownBy(() -> optimizer.step(new Given(good, unusable)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(optimizer.steps()).isZero();
    }
  }

  @Test
  void onlyTheWeightMustBeWritable() {
    var memory = Arena.global().allocate(12);
    try (var optimizer = builder().build()) {
      assertThat(optimizer.step(new Given(memory, memory.asReadOnly())).accepted()).isTrue();
      assertThatThrownBy(() -> optimizer.step(new Given(memory.asReadOnly(), memory)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("can't be written");
    }
  }

  @Test
  void memoryNeedNotBeAligned() {
    var shape = List.of(new Parameter("a", Shape.of(100), ParameterType.WEIGHT));
    var memory = Arena.global().allocate(1000);
    try (var optimizer = Optimizer.of(shape).group(Group.all(Rules.parse("adam"), 0.1)).build()) {
      var given = new Given(memory.asSlice(1, 400), memory.asSlice(502, 400));
      assertThat(optimizer.step(given).accepted()).isTrue();
    }
  }

  @Test
  void absurdNumbersOfRowsAreRefused() {
    var parameters = Run.parameters(Shape.of(1L << 40, 2));
    var builder = Optimizer.of(parameters).group(Group.all(Rules.parse("sgd"), 0.1));
    assertThatThrownBy(builder::build)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Parameter 'a' has 1099511627776 rows, but an optimizer can count 134217728; split"
                + " it.");
  }

  @Test
  void measuringEndsWithTheStep() {
    try (Run run = Run.of(ONE, builder -> builder.group(Group.all(Rules.parse("adamp"), 0.1)))) {
      assertThat(run.step().measured()).isEmpty();
      run.optimizer().measureNextStep();
      assertThat(run.step().measured()).containsKey("a");
      assertThat(run.step().measured()).isEmpty();
    }
  }

  private record Given(MemorySegment weight, @Nullable MemorySegment gradient) implements Tensors {
    @Override
    public MemorySegment weight(int index) {
      return weight;
    }

    @Override
    public @Nullable MemorySegment gradient(int index) {
      return gradient;
    }
  }
}
