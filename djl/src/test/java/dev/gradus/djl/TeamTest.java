package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import dev.gradus.UserException;
import dev.gradus.compress.AdaComp;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Compressors;
import dev.gradus.compress.Dense;
import dev.gradus.djl.TrainingResult.Outcome;
import dev.gradus.djl.admm.BlockAdmm;
import dev.gradus.djl.admm.Cuts;
import dev.gradus.djl.data.DataSet;
import dev.gradus.exchange.LocalTransport;
import dev.gradus.exchange.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
  private static final Compressor ADACOMP = new AdaComp(5, 5, 2, true);

  @TempDir Path folder;

  private final List<Network> networks = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeNetworks() {
    networks.forEach(Network::close);
  }

  /** With a layer that is large enough to be packed, batch normalisation and dropout. */
  private static Network network() {
    return Tiny.network(
        new SequentialBlock()
            .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Dropout.builder().optRate(0.3f).build())
            .add(Linear.builder().setUnits(40).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(3).build()));
  }

  /** The weights of every worker at the end. */
  private List<Map<String, float[]>> weights(
      int workers, Compressor compressor, UnaryOperator<Training> options) {
    return weights(workers, compressor, TeamTest::network, options);
  }

  private List<Map<String, float[]>> weights(
      int workers,
      Compressor compressor,
      Supplier<Network> network,
      UnaryOperator<Training> options) {
    var own = new ConcurrentHashMap<Integer, Network>();
    LocalWorkers.train(
        workers,
        compressor,
        rank -> {
          var opened = opened(network.get());
          own.put(rank, opened);
          return options.apply(Tiny.training(opened, Tiny.data()));
        });
    return own.values().stream().map(Tiny::values).toList();
  }

  /** A network that is closed behind the test. */
  private Network opened(Network network) {
    networks.add(network);
    return network;
  }

  private static Map<String, float[]> alone(Supplier<Network> network) {
    try (var opened = network.get()) {
      Tiny.training(opened, Tiny.data()).run();
      return Tiny.values(opened);
    }
  }

  private static void assertSame(Map<String, float[]> one, Map<String, float[]> other) {
    assertThat(one).isNotEmpty();
    one.forEach((name, values) -> assertThat(other.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void aTeamOfOneMakesTheStepsOfATrainingAlone() {
    assertSame(
        alone(TeamTest::network), weights(1, new Dense(), UnaryOperator.identity()).getFirst());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aTeamMakesTheStepsOfOneWorkerButForRounding(int workers) {
    var one = alone(Tiny::plain);
    var several = weights(workers, new Dense(), Tiny::plain, UnaryOperator.identity()).getFirst();
    one.forEach(
        (name, values) ->
            assertThat(several.get(name)).as(name).containsExactly(values, within(2e-4f)));
  }

  @Test
  void workersEndWithTheSameWeights() {
    for (var text : List.of("dense", "adacomp", "fp16", "top-k", "power-sgd")) {
      var all = weights(3, Compressors.parse(text), training -> training.epochs(1));
      assertSame(all.get(0), all.get(1));
      assertSame(all.get(0), all.get(2));
    }
  }

  private TrainingResult train(Path run, int workers, UnaryOperator<Training> options) {
    return LocalWorkers.train(
        workers,
        ADACOMP,
        _ ->
            options.apply(
                Tiny.training(opened(network()), Tiny.data())
                    .checkpoints(
                        Checkpoints.in(run).every(Duration.ofDays(1)).everySteps(4).resuming())));
  }

  /** Asks to stop once after some steps. */
  private static UnaryOperator<Training> stoppedAfter(long steps) {
    var stop = new AtomicBoolean();
    return training ->
        training
            .stopWhen(stop::get)
            .listener(
                event -> {
                  if (event instanceof TrainingEvent.StepDone done && done.step() == steps) {
                    stop.set(true);
                  }
                });
  }

  @Test
  void aTeamThatGoesOnEndsLikeOneThatWasNotDisturbed() throws Exception {
    train(folder.resolve("whole"), 2, UnaryOperator.identity());
    var stopped = train(folder.resolve("parts"), 2, stoppedAfter(9));
    assertThat(stopped.outcome()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(train(folder.resolve("parts"), 2, UnaryOperator.identity()).outcome())
        .isEqualTo(Outcome.FINISHED);
    assertSame(Tiny.newest(folder.resolve("whole")), Tiny.newest(folder.resolve("parts")));
    assertSame(
        Tiny.newest(folder.resolve("whole/worker-1")),
        Tiny.newest(folder.resolve("parts/worker-1")));
  }

  /** How large steps may be was measured in the first step. */
  @Test
  void aTeamGoesOnWithWhatTheMethodRemembersAtEachWorker() throws Exception {
    var blocks = new BlockAdmm().with("cuts", new Cuts.Balanced(2));
    train(folder.resolve("whole"), 2, training -> training.method(blocks));
    assertThat(Tiny.newest(folder.resolve("whole/worker-1")).get("method/curvatures"))
        .isEqualTo(Tiny.newest(folder.resolve("whole")).get("method/curvatures"));
    var parts = folder.resolve("parts");
    var stopped = stoppedAfter(9);
    train(parts, 2, training -> stopped.apply(training.method(blocks)));
    train(parts, 2, training -> training.method(blocks));
    assertSame(Tiny.newest(folder.resolve("whole")), Tiny.newest(parts));
  }

  @Test
  void goesOnFromTheNewestCheckpointThatAllWorkersHave() throws Exception {
    train(folder.resolve("whole"), 2, UnaryOperator.identity());
    var parts = folder.resolve("parts");
    train(parts, 2, stoppedAfter(9));
    Files.delete(newestFile(parts.resolve("worker-1")));
    train(parts, 2, UnaryOperator.identity());
    assertSame(Tiny.newest(folder.resolve("whole")), Tiny.newest(parts));
  }

  private static Path newestFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith("s")).max(Path::compareTo).orElseThrow();
    }
  }

  @Test
  void aFinishedTeamHasNothingLeftToDo() {
    train(folder, 2, UnaryOperator.identity());
    assertThat(train(folder, 2, UnaryOperator.identity()).outcome())
        .isEqualTo(Outcome.ALREADY_FINISHED);
  }

  @Test
  void refusesAWorkerThatRunsSomethingElse() {
    assertThatThrownBy(
            () ->
                LocalWorkers.train(
                    2,
                    new Dense(),
                    rank -> Tiny.training(opened(network()), Tiny.data()).seed(rank)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The workers don't run the same: seed is 0 at worker 0 and 1 at worker 1; start all"
                + " with the same program, settings and data.");
  }

  @Test
  void refusesAWorkerWithAnotherNetworkOfTheSameName() {
    assertThatThrownBy(
            () ->
                LocalWorkers.train(
                    2, ADACOMP, rank -> Tiny.training(opened(wide(5 + rank)), Tiny.data())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is [5, ")
        .hasMessageContaining("] at worker 0 and [6, ");
  }

  private static Network wide(int units) {
    return Tiny.network(
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(units).build())
            .add(Linear.builder().setUnits(3).build()));
  }

  @Test
  void refusesMoreWorkersThanABatchHasExamples() {
    assertThatThrownBy(
            () ->
                LocalWorkers.train(
                    3, new Dense(), _ -> Tiny.training(opened(Tiny.plain()), Tiny.data()).batch(2)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("A batch of 2 examples can't be shared by 3 workers");
  }

  /** The data of one worker alone have a number that makes its gradient infinite. */
  @Test
  void noWorkerMakesAStepThatIsNotFiniteForOne() {
    var pair = List.of(opened(Tiny.plain()), opened(Tiny.plain()));
    var result =
        LocalWorkers.train(
            2,
            ADACOMP,
            rank ->
                Tiny.training(pair.get(rank), Tiny.data())
                    .epochs(1)
                    .weights((batch, weights) -> spoil(batch, weights))
                    .onNotFinite(OnNotFinite.SKIP));
    assertThat(result.skipped()).isEqualTo(1);
    assertSame(Tiny.values(pair.get(0)), Tiny.values(pair.get(1)));
    Tiny.values(pair.get(0))
        .forEach((name, values) -> assertThat(finite(values)).as(name).isTrue());
  }

  /** Back-propagation that measures, and of which something may have grown without bound. */
  private record Telling(List<Double> own, List<List<Double>> heard, Optional<String> grown)
      implements TrainingMethod {
    @Override
    public Running start(Network network, DataSet data) {
      var usual = BACK_PROPAGATION.start(network, data);
      return new Running() {
        @Override
        public double gradients(BatchPart part, int update) {
          return usual.gradients(part, update);
        }

        @Override
        public boolean measures() {
          return heard.size() < 2;
        }

        @Override
        public List<Double> measure(BatchPart part) {
          return own;
        }

        @Override
        public void agreed(List<Double> means) {
          heard.add(means);
        }

        @Override
        public Optional<String> divergence() {
          return grown;
        }
      };
    }

    @Override
    public String toString() {
      return "telling";
    }
  }

  @Test
  void allWorkersHearTheLargestOfWhatEachHasMeasured() {
    var heard = List.<List<List<Double>>>of(new ArrayList<>(), new ArrayList<>());
    LocalWorkers.train(
        2,
        new Dense(),
        rank ->
            Tiny.training(opened(Tiny.plain()), Tiny.data())
                .method(
                    new Telling(
                        List.of(1.0 + rank, 8.0 - rank), heard.get(rank), Optional.empty())));
    var twice = List.of(List.of(2.0, 8.0), List.of(2.0, 8.0));
    assertThat(heard).containsExactly(twice, twice);
  }

  @Test
  void allWorkersEndInOrderWhenSomethingGrowsWithoutBoundAtOne() {
    var ended = new ConcurrentHashMap<Integer, Throwable>();
    var transports = LocalTransport.team(2, Duration.ofMinutes(1));
    var threads =
        IntStream.range(0, 2)
            .mapToObj(rank -> Thread.ofPlatform().start(() -> diverge(transports.get(rank), ended)))
            .toList();
    threads.forEach(TeamTest::join);
    assertThat(ended).containsOnlyKeys(0, 1);
    assertThat(ended.values())
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(DivergedException.class)
                    .hasMessageStartingWith("In step 0 the residual of worker 1 and grows"));
  }

  private void diverge(Transport transport, Map<Integer, Throwable> ended) {
    int rank = transport.rank();
    var grown = rank == 1 ? Optional.of("the residual of worker 1") : Optional.<String>empty();
    try (transport) {
      Tiny.training(opened(Tiny.plain()), Tiny.data())
          .method(new Telling(List.of(), new ArrayList<>(), grown))
          .workers(transport, new Dense())
          .run();
    } catch (RuntimeException failure) {
      ended.put(rank, failure);
    }
  }

  private static void join(Thread thread) {
    try {
      assertThat(thread.join(Duration.ofMinutes(2))).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static boolean finite(float[] values) {
    return IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]));
  }

  private static void spoil(Batch batch, float[] weights) {
    for (int place = 0; place < weights.length; place++) {
      weights[place] = batch.index(place) == 13 ? Float.POSITIVE_INFINITY : 1;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void otherWorkersTakeOverWhatWasNotSent(int workers) throws Exception {
    train(folder, 4, stoppedAfter(4));
    var before = residues(4);
    train(
        folder,
        workers,
        training ->
            training
                .stopWhen(() -> true)
                .onNotFinite(OnNotFinite.SKIP)
                .weights((_, weights) -> Arrays.fill(weights, Float.NaN)));
    assertThat(residues(workers)).hasSize(before.length).containsExactly(before, within(1e-6f));
  }

  /** The sum over all workers of what they have not sent of a layer. */
  private float[] residues(int workers) throws IOException {
    var sum = new float[0];
    for (int rank = 0; rank < workers; rank++) {
      var residue = residue(Tiny.newest(Checkpoints.in(folder).ofWorker(rank).folder()));
      sum = sum.length == 0 ? new float[residue.length] : sum;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += residue[i];
      }
    }
    return sum;
  }

  private static float[] residue(Map<String, float[]> tensors) {
    return tensors.entrySet().stream()
        .filter(tensor -> tensor.getKey().startsWith("exchange/"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }
}
