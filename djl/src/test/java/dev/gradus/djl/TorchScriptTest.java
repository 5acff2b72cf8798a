package dev.gradus.djl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gradus.Group;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.Rules;
import dev.gradus.djl.data.DataOrder;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A module that PyTorch has saved learns here what it has learnt there. */
class TorchScriptTest {
  private static final Path FIXTURE = Path.of("src/test/resources/golden/torchscript");
  private static final Path DIGITS =
      Path.of("../cli/src/main/resources/dev/gradus/cli/data/digits.csv.gz");
  private static final List<Long> IMAGE = List.of(1L, 8L, 8L);
  private static final Shape IMAGES = new Shape(1, 1, 8, 8);
  private static final int ROWS = 1792;
  private static final int EVALUATED = 256;
  private static final int BATCH = 32;
  private static final int STEPS = 50;
  private static final int CLOSE_STEPS = 20;
  private static final Task CLASSES =
      new Task.Classification(IntStream.range(0, 10).mapToObj(Integer::toString).toList());

  @TempDir Path folder;
  private static List<float[]> digits = List.of();

  @BeforeAll
  static void read() throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DIGITS)), StandardCharsets.UTF_8))) {
      digits = lines.lines().limit(ROWS).map(TorchScriptTest::numbers).toList();
    }
  }

  private static float[] numbers(String line) {
    var words = line.split(",", -1);
    var numbers = new float[words.length];
    for (int column = 0; column < words.length; column++) {
      numbers[column] = Float.parseFloat(words[column]) / (column < words.length - 1 ? 16 : 1);
    }
    return numbers;
  }

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of("sgd-momentum", group("sgd(momentum=0.9)", 0.05)),
        Arguments.of("adamw", group("adamw", 0.001).decayingEverything()));
  }

  private static Group group(String pipeline, double learningRate) {
    return Group.all(Rules.parse(pipeline), learningRate);
  }

  private static Model load() throws IOException, MalformedModelException {
    var model = Model.newInstance("digits-net", "PyTorch");
    model.load(FIXTURE, "digits-net", Map.of("trainParam", "true"));
    return model;
  }

  private static Examples examples(int... rows) {
    return new Tiny.Held(
        IMAGE,
        Arrays.stream(rows).mapToObj(row -> Arrays.copyOf(digits.get(row), 64)).toList(),
        Arrays.stream(rows).mapToObj(row -> digits.get(row)[64]).toList());
  }

  /** The rows in such an order that shuffling puts them into that of the file. */
  private static Examples training() {
    var order = new DataOrder(ROWS, Training.DEFAULT_SEED).epoch(0);
    var rows = new int[ROWS];
    for (int place = 0; place < ROWS; place++) {
      rows[order[place]] = place;
    }
    return examples(rows);
  }

  private static DataSet data() {
    return new DataSet(
        "digits",
        List.of(),
        CLASSES,
        List.of(),
        Normalisation.NONE,
        training(),
        examples(),
        examples());
  }

  private static void assertTraced(String run, List<Double> losses, Network network)
      throws IOException {
    var trace = JsonParser.parseString(Files.readString(FIXTURE.resolve("trace.json")));
    JsonObject expected = trace.getAsJsonObject().getAsJsonObject(run);
    var there =
        expected.getAsJsonArray("loss").asList().stream().map(JsonElement::getAsDouble).toList();
    assertThat(losses).hasSize(STEPS);
    for (int step = 0; step < CLOSE_STEPS; step++) {
      assertThat(losses.get(step)).isCloseTo(there.get(step), within(1e-4));
    }
    assertThat(losses.getLast()).isCloseTo(there.getLast(), within(1e-2));
    assertThat(loss(network))
        .isCloseTo(expected.get("evalLossOnRows0to255").getAsDouble(), within(1e-2));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void learnsInOurLoop(String run, Group group) throws IOException, MalformedModelException {
    var losses = new ArrayList<Double>();
    var problems = new ArrayList<String>();
    try (var model = load();
        var network = Network.of(model)) {
      Training.of(network, data())
          .group(group)
          .batch(BATCH)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.StepDone done) {
                  losses.add(done.loss());
                } else if (event instanceof TrainingEvent.Started started) {
                  problems.addAll(started.problems());
                }
              })
          .stopWhen(() -> losses.size() == STEPS)
          .run();
      assertTraced(run, losses, network);
      assertThat(problems)
          .containsExactly(
              "The running statistics of a TorchScript module are not in checkpoints: a run that"
                  + " goes on from one does not end with the same bits.");
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void learnsWithDjlsTrainer(String run, Group group) throws IOException, MalformedModelException {
    Torch.load();
    Torch.useThreads(1);
    var losses = new ArrayList<Double>();
    try (var model = load();
        var optimizer = TrainerOptimizer.of(model).group(group).build();
        var trainer =
            model.newTrainer(
                new DefaultTrainingConfig(new SoftmaxCrossEntropyLoss()).optOptimizer(optimizer))) {
      trainer.initialize(IMAGES);
      evaluateOnce(model);
      for (int step = 0; step < STEPS; step++) {
        losses.add(step(trainer, step));
      }
      assertTraced(run, losses, Network.of(model));
    }
  }

  /** DJL loads a module in evaluation mode, but takes it for one in training mode. */
  private static void evaluateOnce(Model model) {
    model.getBlock().getOutputShapes(new Shape[] {IMAGES});
  }

  private static double step(Trainer trainer, int step) {
    var images = new float[BATCH * 64];
    var labels = new float[BATCH];
    for (int place = 0; place < BATCH; place++) {
      var row = digits.get((BATCH * step + place) % ROWS);
      System.arraycopy(row, 0, images, place * 64, 64);
      labels[place] = row[64];
    }
    try (var manager = trainer.getManager().newSubManager();
        var collector = trainer.newGradientCollector()) {
      var shape = new Shape(BATCH).addAll(IMAGES.slice(1));
      var outputs = trainer.forward(new NDList(manager.create(images, shape)));
      var loss = trainer.getLoss().evaluate(new NDList(manager.create(labels)), outputs);
      collector.backward(loss);
      trainer.step();
      return loss.getFloat();
    }
  }

  @Test
  void parametersAreNamedAsInPyTorchAndNormsAreFound() throws IOException, MalformedModelException {
    try (var model = load()) {
      var network = Network.of(model);
      assertThat(network.parameterNames())
          .containsExactly(
              "conv.weight",
              "conv.bias",
              "bn.weight",
              "bn.bias",
              "fc1.weight",
              "fc1.bias",
              "norm.weight",
              "norm.bias",
              "head.weight",
              "head.bias");
      assertThat(network.trained())
          .filteredOn(parameter -> parameter.type() == ParameterType.NORM)
          .extracting(Parameter::name)
          .containsExactly("bn.weight", "norm.weight");
    }
  }

  @Test
  void aTrainedModuleIsWrittenWithItsRunningStatistics()
      throws IOException, MalformedModelException {
    var file = folder.resolve("trained.pt");
    try (var model = load();
        var network = Network.of(model)) {
      var steps = new AtomicInteger();
      Training.of(network, data())
          .group(group("adamw", 0.001))
          .batch(BATCH)
          .stopWhen(() -> steps.incrementAndGet() == 3)
          .run();
      try (var out = Files.newOutputStream(file)) {
        JniUtils.writeModule((PtSymbolBlock) model.getBlock(), out, false);
      }
      try (var written = Model.newInstance("trained", "PyTorch")) {
        written.load(file);
        assertThat(loss(Network.of(written))).isEqualTo(loss(network));
      }
    }
  }

  private static double loss(Network network) {
    var rows = examples(IntStream.range(0, EVALUATED).toArray());
    var evaluated = new Evaluation(network, CLASSES, new Loss.CrossEntropy(), EVALUATED).of(rows);
    return requireNonNull(evaluated.get("loss"));
  }
}
