package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EarlyStoppingListener;
import ai.djl.training.listener.EpochTrainingListener;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.SaveModelTrainingListener;
import ai.djl.training.listener.TimeMeasureTrainingListener;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.listener.TrainingListener.Defaults;
import ai.djl.training.listener.TrainingListenerAdapter;
import dev.gradus.UserException;
import dev.gradus.djl.TrainingResult.Outcome;
import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's own listeners hear of our training what they would hear of DJL's. */
class DjlListenersTest {
  private static final int BATCHES = 6;

  @TempDir private Path folder;

  private static DataSet data() {
    return Tiny.data(Tiny.images(8 * BATCHES, 1));
  }

  private static Map<String, float[]> weightsAfter(TrainingListener... listeners) {
    try (var network = Tiny.network()) {
      var training = Tiny.training(network, data()).accumulation(2);
      List.of(listeners).forEach(training::listener);
      training.run();
      return Tiny.values(network);
    }
  }

  @Test
  void theyChangeNoBit() {
    var config =
        new DefaultTrainingConfig(ai.djl.training.loss.Loss.softmaxCrossEntropyLoss())
            .addEvaluator(new Accuracy())
            .addTrainingListeners(Defaults.logging(folder.toString()));
    var without = weightsAfter();
    var with = weightsAfter(DjlListeners.of(config));
    assertThat(with.keySet()).isEqualTo(without.keySet());
    with.forEach((name, values) -> assertThat(values).as(name).isEqualTo(without.get(name)));
  }

  @Test
  void evaluatorsMeasureWhatTheRunMeasures() {
    var metrics = new Metrics();
    var config =
        new DefaultTrainingConfig(ai.djl.training.loss.Loss.softmaxCrossEntropyLoss("cross"))
            .addEvaluator(new Accuracy())
            .addTrainingListeners(new EvaluatorTrainingListener());
    var epochs = new ArrayList<TrainingEvent.EpochDone>();
    try (var network = Tiny.plain()) {
      Tiny.training(network, data())
          .accumulation(3)
          .listener(DjlListeners.of(config).withMetrics(metrics))
          .listener(event -> addTo(epochs, event))
          .run();
    }
    assertThat(epochs).hasSize(3);
    for (int epoch = 0; epoch < 3; epoch++) {
      var done = epochs.get(epoch);
      assertThat(value(metrics, "train_epoch_cross", epoch))
          .isCloseTo(done.trainLoss(), within(1e-5));
      assertThat(value(metrics, "validate_epoch_Accuracy", epoch))
          .isCloseTo(done.validation().get("accuracy"), within(1e-6));
    }
    assertThat(metrics.getMetric("train_all_cross")).hasSize(3 * BATCHES);
  }

  private static void addTo(List<TrainingEvent.EpochDone> epochs, TrainingEvent event) {
    if (event instanceof TrainingEvent.EpochDone done) {
      epochs.add(done);
    }
  }

  private static double value(Metrics metrics, String name, int epoch) {
    return metrics.getMetric(name).get(epoch).getValue().doubleValue();
  }

  @Test
  void theLossTheyAreToldIsTheTrainingsOwnUnlessTheyBringOne() {
    var evaluations = new EvaluatorTrainingListener();
    var last = new ArrayList<TrainingEvent.EpochDone>();
    try (var network = Tiny.plain()) {
      Tiny.training(network, data())
          .listener(DjlListeners.of(evaluations))
          .listener(event -> addTo(last, event))
          .run();
    }
    assertThat(evaluations.getLatestEvaluations())
        .hasEntrySatisfying(
            "train_cross-entropy",
            value ->
                assertThat(value).isCloseTo((float) last.getLast().trainLoss(), within(1e-5f)));
  }

  @Test
  void theModelIsSavedWithTheBestWeights() throws IOException, MalformedModelException {
    try (var network = Tiny.network();
        var loaded = Model.newInstance("tiny")) {
      var listener = new SaveModelTrainingListener(folder.toString());
      Tiny.training(network, data()).listener(DjlListeners.of(listener)).run();
      loaded.setBlock(Tiny.network().block());
      loaded.load(folder);
      var saved = Tiny.values(Network.of(loaded));
      Tiny.values(network)
          .forEach((name, values) -> assertThat(saved.get(name)).as(name).isEqualTo(values));
      assertThat(folder).isDirectoryContaining("glob:**/tiny-0003.params");
    }
  }

  @Test
  void timesAreMeasured() {
    try (var network = Tiny.plain()) {
      var listener = new TimeMeasureTrainingListener(folder.toString());
      Tiny.training(network, data()).listener(DjlListeners.of(listener)).run();
    }
    assertThat(folder.resolve("training.log"))
        .satisfies(file -> assertThat(Files.readAllLines(file)).hasSize(3 * (BATCHES - 1)));
  }

  @Test
  void anEarlyStopOfDjlEndsTheRunInOrder() {
    var stopping = EarlyStoppingListener.builder().optMinEpochs(2).optMaxMillis(0).build();
    try (var network = Tiny.plain()) {
      var result =
          Tiny.training(network, data())
              .listener(
                  DjlListeners.of(
                      new EpochTrainingListener(), new EvaluatorTrainingListener(), stopping))
              .run();
      assertThat(result.outcome()).isEqualTo(Outcome.STOPPED_EARLY);
      assertThat(result.epochs()).isEqualTo(2);
      assertThat(result.test()).isNotEmpty();
    }
  }

  /** Writes down what is called. */
  private static final class Calls extends TrainingListenerAdapter {
    private final List<String> made = new ArrayList<>();

    @Override
    public void onTrainingBegin(Trainer trainer) {
      made.add("begin " + trainer.getModel().getName());
    }

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData seen) {
      made.add("train " + text(seen));
    }

    @Override
    public void onValidationBatch(Trainer trainer, BatchData seen) {
      made.add("validate " + text(seen));
    }

    @Override
    public void onEpoch(Trainer trainer) {
      made.add("epoch");
    }

    @Override
    public void onTrainingEnd(Trainer trainer) {
      made.add("end");
    }

    private static String text(BatchData seen) {
      var batch = seen.getBatch();
      var predictions = seen.getPredictions().values().iterator().next();
      return "%d/%d %d %s %s"
          .formatted(
              batch.getProgress(),
              batch.getProgressTotal(),
              batch.getSize(),
              batch.getData().head().getShape(),
              predictions.head().getShape());
    }
  }

  @Test
  void theyAreCalledInDjlsOrder() {
    var calls = new Calls();
    try (var network = Tiny.plain()) {
      Tiny.training(network, Tiny.data(Tiny.images(8, 1)))
          .batch(5)
          .accumulation(2)
          .epochs(1)
          .listener(DjlListeners.of(calls))
          .run();
    }
    assertThat(calls.made)
        .containsExactly(
            "begin tiny",
            "train 1/2 4 (4, 1, 6, 6) (4, 3)",
            "train 2/2 4 (4, 1, 6, 6) (4, 3)",
            "validate 1/4 5 (5, 1, 6, 6) (5, 3)",
            "validate 2/4 5 (5, 1, 6, 6) (5, 3)",
            "validate 3/4 5 (5, 1, 6, 6) (5, 3)",
            "validate 4/4 5 (5, 1, 6, 6) (5, 3)",
            "epoch",
            "end");
  }

  @Test
  void aListenerThatStepsIsRefused() {
    var stepping =
        new TrainingListenerAdapter() {
          @Override
          public void onTrainingBatch(Trainer trainer, BatchData seen) {
            trainer.step();
          }
        };
    try (var network = Tiny.plain()) {
      var training = Tiny.training(network, data()).listener(DjlListeners.of(stepping));
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("A listener has called Trainer.step()");
    }
  }

  @Test
  void whatWasOpenedIsClosedIfAListenerFailsAtTheBeginning() throws InterruptedException {
    var ended = new ArrayList<Trainer>();
    var first =
        new TrainingListenerAdapter() {
          @Override
          public void onTrainingEnd(Trainer trainer) {
            ended.add(trainer);
          }
        };
    var failing =
        new TrainingListenerAdapter() {
          @Override
          public void onTrainingBegin(Trainer trainer) {
            throw new IllegalStateException("no");
          }
        };
    var before = workers();
    try (var network = Tiny.plain()) {
      var training =
          Tiny.training(network, data())
              .threads(1, 3)
              .listener(DjlListeners.of(first))
              .listener(DjlListeners.of(failing));
      assertThatThrownBy(training::run).hasMessage("no");
    }
    assertThat(ended).hasSize(1);
    var left = workers();
    left.removeAll(before);
    for (var worker : left) {
      assertThat(worker.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  /** The threads of optimizers; those of a closed one end. */
  private static Set<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gradus-worker-"))
        .collect(Collectors.toSet());
  }

  @Test
  void memoryStaysFlat() {
    var alive = new ArrayList<Integer>();
    var config =
        new DefaultTrainingConfig(ai.djl.training.loss.Loss.softmaxCrossEntropyLoss())
            .addEvaluator(new Accuracy())
            .addTrainingListeners(Defaults.basic());
    try (var network = Tiny.network()) {
      Tiny.training(network, data())
          .listener(DjlListeners.of(config))
          .listener(
              event -> {
                if (event instanceof TrainingEvent.StepDone) {
                  alive.add(network.arraysAlive());
                }
              })
          .run();
    }
    assertThat(alive).hasSize(3 * BATCHES).containsOnly(alive.getFirst());
  }
}
