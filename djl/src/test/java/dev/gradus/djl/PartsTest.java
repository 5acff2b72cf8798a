package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.gradus.UserException;
import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.Examples;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small parts of the loop, each by itself. */
class PartsTest {

  @Test
  void cutsIntoPartsThatDifferByOneAtMost() {
    for (int length = 1; length < 40; length++) {
      for (int parts = 1; parts < 12; parts++) {
        var cut = Range.cut(length, parts);
        var lengths = cut.stream().mapToInt(Range::length).summaryStatistics();
        assertThat(lengths.getSum()).isEqualTo(length);
        assertThat(lengths.getMin()).isPositive();
        assertThat(lengths.getMax() - lengths.getMin()).isLessThanOrEqualTo(1);
        assertThat(cut).hasSize(Math.min(length, parts));
      }
    }
  }

  @Test
  void anEpochVisitsEveryExampleOnceInBatchesOfEqualSize() {
    var batches = Batches.shuffled(50, 8, 3);
    assertThat(batches.perEpoch()).isEqualTo(7);
    var visited = new ArrayList<Integer>();
    batches.from(2, 0, 3).forEachRemaining(one -> visited.addAll(boxed(one)));
    assertThat(visited).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void resumedOrderIsTheRestOfTheOrder() {
    var batches = Batches.shuffled(50, 8, 3);
    var all = list(batches.from(0, 0, 3));
    assertThat(all).hasSize(21);
    assertThat(list(batches.from(1, 4, 3))).isEqualTo(all.subList(11, 21));
    assertThat(list(batches.from(1, 7, 3))).isEqualTo(all.subList(14, 21));
    assertThat(all.subList(0, 7)).isNotEqualTo(all.subList(7, 14));
  }

  private static List<List<Integer>> list(Iterator<Selection> selections) {
    var list = new ArrayList<List<Integer>>();
    selections.forEachRemaining(one -> list.add(boxed(one)));
    return list;
  }

  private static List<Integer> boxed(Selection selection) {
    return Arrays.stream(selection.indices()).boxed().toList();
  }

  @Test
  void prefetchGivesTheChosenExamplesInOrder() {
    var examples = Tiny.images(30, 5);
    try (var prefetch = prefetch(examples)) {
      for (int batch = 0; batch < 6; batch++) {
        assertHolds(prefetch.next(), examples, batch * 5);
      }
      assertThat(prefetch.hasNext()).isFalse();
    }
  }

  private static void assertHolds(Batch batch, Examples examples, int first) {
    assertThat(batch.size()).isEqualTo(5);
    var input = new float[36];
    var target = new float[1];
    for (int place = 0; place < 5; place++) {
      examples.input(first + place, input, 0);
      examples.target(first + place, target, 0);
      var held = batch.part(new Range(place, place + 1));
      assertThat(held.index(0)).isEqualTo(first + place);
      assertThat(held.target(0)).isEqualTo(target[0]);
      assertThat(held.inputs().toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(input);
    }
  }

  @Test
  void prefetchReadsOnlyAFewBatchesAhead() throws InterruptedException {
    var read = new AtomicInteger();
    var examples = new Counting(Tiny.images(100, 5), read);
    try (var prefetch = prefetch(examples)) {
      assertThat(prefetch.next().size()).isEqualTo(5);
      Thread.sleep(100);
      assertThat(read.get()).isLessThanOrEqualTo(20);
    }
  }

  @Test
  void prefetchCarriesMistakesOver() {
    var examples = new Counting(Tiny.images(30, 5), new AtomicInteger(Integer.MAX_VALUE - 12));
    try (var prefetch = prefetch(examples)) {
      assertThat(prefetch.next().size()).isEqualTo(5);
      assertThat(prefetch.next().size()).isEqualTo(5);
      assertThatThrownBy(prefetch::next)
          .isInstanceOf(UserException.class)
          .hasMessage("The file is gone.");
    }
  }

  private static Prefetch prefetch(Examples examples) {
    var batches = Batches.inOrder(examples.size(), 5).from(0, 0, 1);
    return new Prefetch(examples, new Augmentation.None(), 0, 5, batches);
  }

  /** Counts what is read, and fails when the counter overflows. */
  private record Counting(Examples examples, AtomicInteger read) implements Examples {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public List<Long> inputShape() {
      return examples.inputShape();
    }

    @Override
    public List<Long> targetShape() {
      return examples.targetShape();
    }

    @Override
    public void input(int index, float[] into, int offset) {
      if (read.incrementAndGet() < 0) {
        throw new UserException("The file is gone.");
      }
      examples.input(index, into, offset);
    }

    @Override
    public void target(int index, float[] into, int offset) {
      examples.target(index, into, offset);
    }

    @Override
    public String identity(int index) {
      return examples.identity(index);
    }
  }

  @Test
  void checkpointsAreDueAfterStepsHoweverLongTheyTake() {
    var now = new AtomicLong();
    var rhythm = new CheckpointRhythm(checkpoints().everySteps(10), now::get);
    assertThat(rhythm.due(9)).isFalse();
    assertThat(rhythm.due(10)).isTrue();
    rhythm.written(10, Duration.ofHours(1).toNanos());
    assertThat(rhythm.due(19)).isFalse();
    assertThat(rhythm.due(20)).isTrue();
  }

  @Test
  void checkpointsAreDueAfterTimeUnlessThatCostsMoreThanAHundredthOfIt() {
    var now = new AtomicLong();
    var rhythm = new CheckpointRhythm(checkpoints(), now::get);
    now.set(Duration.ofSeconds(29).toNanos());
    assertThat(rhythm.due(1_000_000)).isFalse();
    now.set(Duration.ofSeconds(30).toNanos());
    assertThat(rhythm.due(1)).isTrue();
    rhythm.written(1, Duration.ofSeconds(1).toNanos());
    now.addAndGet(Duration.ofSeconds(99).toNanos());
    assertThat(rhythm.due(2)).isFalse();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(rhythm.due(2)).isTrue();
  }

  private static Checkpoints checkpoints() {
    return Checkpoints.in(Path.of("unused"));
  }

  @Test
  void progressSurvivesBeingText() {
    var progress = Progress.START.afterStep(1.0 / 3, 7).afterSkip().afterEpoch();
    var metrics = new TreeMap<>(Map.of("accuracy", 0.1, "loss", 1e-300));
    var best = progress.withBest(metrics).afterStep(Math.PI, 3);
    assertThat(Progress.of(best.texts())).isEqualTo(best);
    assertThat(best.accepted()).isEqualTo(2);
  }

  @Test
  void choosesStrictlyBetterEpochs() {
    var higher = Choice.of(Tiny.CLASSES, "accuracy");
    assertThat(higher).isEqualTo(new Choice("accuracy", Better.HIGHER));
    assertThat(higher.improves(Map.of("accuracy", 0.5), Map.of())).isTrue();
    assertThat(higher.improves(Map.of("accuracy", 0.5), Map.of("accuracy", 0.5))).isFalse();
    assertThat(higher.improves(Map.of("accuracy", 0.6), Map.of("accuracy", 0.5))).isTrue();
    assertThat(higher.improves(Map.of(), Map.of())).isFalse();
    assertThat(Choice.usual().improves(Map.of("loss", 1.0), Map.of("loss", 2.0))).isTrue();
    assertThat(Choice.usual().improves(Map.of("loss", 2.0), Map.of("loss", 1.0))).isFalse();
  }

  @Test
  void refusesAMetricThatTheTaskHasNot() {
    assertThatThrownBy(() -> Choice.of(Tiny.CLASSES, "acuracy"))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown validation metric 'acuracy'; did you mean 'accuracy'?");
  }

  @Test
  void namesParametersByTheirPath() {
    var inner =
        new SequentialBlock()
            .add(Linear.builder().setUnits(2).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(2).build());
    var shared = Linear.builder().setUnits(2).build();
    var block = new SequentialBlock().add(inner).add(shared).add(shared);
    assertThat(NamedParameter.of(block).stream().map(NamedParameter::name))
        .containsExactly(
            "SequentialBlock.01Linear.weight",
            "SequentialBlock.01Linear.bias",
            "SequentialBlock.03Linear.weight",
            "SequentialBlock.03Linear.bias",
            "02Linear.weight",
            "02Linear.bias");
  }

  @Test
  void initialWeightsAreAFunctionOfSeedAndName() {
    var once = initial(3);
    assertThat(initial(3)).isEqualTo(once);
    assertThat(initial(4)).isNotEqualTo(once);
    double bound = Math.sqrt(6.0 / 36);
    var sorted = once.clone();
    Arrays.sort(sorted);
    assertThat((double) sorted[0]).isBetween(-bound, -0.9 * bound);
    assertThat((double) sorted[sorted.length - 1]).isBetween(0.9 * bound, bound);
    assertThat(IntStream.range(0, once.length).mapToDouble(i -> once[i]).average().orElseThrow())
        .isCloseTo(0, within(0.1 * bound));
  }

  private static float[] initial(long seed) {
    try (var network = Tiny.plain()) {
      network.initialise(List.of(1L, 6L, 6L), seed);
      return network.parameters().getFirst().array().toFloatArray();
    }
  }

  @Test
  void initialisingKeepsWeightsThatAreThere() {
    try (var network = Tiny.plain()) {
      network.initialise(List.of(1L, 6L, 6L), 1);
      var before = Tiny.values(network);
      network.initialise(List.of(1L, 6L, 6L), 2);
      Tiny.values(network)
          .forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
    }
  }

  @Test
  void crossEntropyIsThatOfTheSoftmax() {
    try (var network = Tiny.plain();
        NDManager manager = network.newScope()) {
      var outputs = manager.create(new float[] {0, 0, 0, (float) Math.log(2)}, new Shape(2, 2));
      var targets = manager.create(new float[] {1, 1});
      assertThat(new Loss.CrossEntropy().ofEach(outputs, targets).toFloatArray())
          .containsExactly(new float[] {(float) Math.log(2), (float) Math.log(1.5)}, within(1e-6f));
    }
  }

  @Test
  void crossEntropyOfATextIsTheMeanOverItsPositions() {
    try (var network = Tiny.plain();
        NDManager manager = network.newScope()) {
      var outputs =
          manager.create(
              new float[] {0, 0, 0, (float) Math.log(2), 0, 0, 0, 0}, new Shape(2, 2, 2));
      var targets = manager.create(new float[] {1, 1, 0, 1}, new Shape(2, 2));
      assertThat(new Loss.CrossEntropy().ofEach(outputs, targets).toFloatArray())
          .containsExactly(
              new float[] {(float) ((Math.log(2) + Math.log(1.5)) / 2), (float) Math.log(2)},
              within(1e-6f));
    }
  }

  @Test
  void squaredErrorIsTheMeanOverTheColumns() {
    try (var network = Tiny.plain();
        NDManager manager = network.newScope()) {
      var outputs = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      var targets = manager.create(new float[] {1, 4, 0, 0}, new Shape(2, 2));
      assertThat(new Loss.SquaredError().ofEach(outputs, targets).toFloatArray())
          .containsExactly(2f, 12.5f);
    }
  }

  @Test
  void evaluationChangesNothing() {
    try (var network = Tiny.network()) {
      network.initialise(List.of(1L, 6L, 6L), 7);
      var before = Tiny.values(network);
      var evaluation = new Evaluation(network, Tiny.CLASSES, new Loss.CrossEntropy(), 7);
      var metrics = evaluation.of(Tiny.images(20, 4));
      assertThat(evaluation.of(Tiny.images(20, 4))).isEqualTo(metrics);
      Tiny.values(network)
          .forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    try (var network = Tiny.plain()) {
      var training = Training.of(network, Tiny.data());
      assertThatThrownBy(() -> training.batch(0))
          .isInstanceOf(UserException.class)
          .hasMessage("The batch size is 1 or more, not 0.");
      assertThatThrownBy(() -> training.epochs(0)).isInstanceOf(UserException.class);
      assertThatThrownBy(() -> training.threads(0, 1)).isInstanceOf(UserException.class);
    }
  }
}
