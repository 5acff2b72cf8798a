package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Activation;
import com.google.gson.Gson;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps against PyTorch's automatic differentiation in double precision. */
class BlockAdmmTraceTest {
  /** For single precision. */
  private static final double SHARE = 1e-4;

  private static final List<String> NAMES =
      List.of("weight1", "bias1", "weight2", "bias2", "weight3", "bias3");

  record Options(
      double rho,
      double etaZ,
      String activation,
      int innerIterations,
      int zSteps,
      double learningRate,
      boolean dual,
      String blockInputs) {}

  record Named(String name, List<Integer> shape, List<Double> values) {}

  record Step(
      Map<String, List<Double>> gradients,
      Map<String, List<Double>> weights,
      Map<String, Double> primalResidual) {}

  record Trace(
      Options options,
      List<Named> parameters,
      int batch,
      List<Double> x,
      List<Integer> labels,
      double loss,
      List<Step> steps) {
    static Trace read(String name) throws IOException {
      var file = Trace.class.getResourceAsStream("/golden/block-admm-" + name + ".json");
      try (var reader =
          new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8)) {
        return new Gson().fromJson(reader, Trace.class);
      }
    }

    BlockAdmm method() {
      return new BlockAdmm()
          .with("rho", options.rho)
          .with("stepSize", options.etaZ)
          .with("steps", options.zSteps)
          .with("iterations", options.innerIterations)
          .with("duals", options.dual)
          .with("scaled", false)
          .with(
              "inputs",
              options.blockInputs.equals("forward") ? BlockInputs.FORWARD : BlockInputs.CURRENT);
    }

    Network network() {
      var network =
          Few.layers(
              _ ->
                  options.activation.equals("tanh")
                      ? Activation.tanhBlock()
                      : Activation.sigmoidBlock(),
              units(0),
              units(2),
              units(4));
      network.initialise(List.of((long) x.size() / batch), 0);
      for (int i = 0; i < parameters.size(); i++) {
        Few.set(network, i, parameters.get(i).values);
      }
      return network;
    }

    private int units(int parameter) {
      return parameters.get(parameter).shape.getFirst();
    }

    DataSet data() {
      int columns = x.size() / batch;
      var inputs = new ArrayList<float[]>();
      var targets = new ArrayList<float[]>();
      for (int row = 0; row < batch; row++) {
        inputs.add(Few.floats(x.subList(row * columns, (row + 1) * columns)));
        targets.add(new float[] {labels.get(row)});
      }
      var classes = new Task.Classification(List.of("one", "two", "three"));
      return Few.data(classes, new Few.Held(List.of((long) columns), inputs, List.of(), targets));
    }
  }

  /** What a step has done. */
  private record Taken(
      Map<String, float[]> before,
      Map<String, float[]> after,
      double loss,
      Map<String, Map<String, Double>> measured) {}

  private static Taken taken(Trace trace, double learningRate) {
    try (var network = trace.network()) {
      var events = new ArrayList<TrainingEvent.StepDone>();
      var before = named(network);
      Training.of(network, trace.data())
          .group(Group.all(Rules.parse("sgd"), learningRate))
          .method(trace.method())
          .batch(trace.batch)
          .epochs(1)
          .measureEvery(1)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.StepDone done) {
                  events.add(done);
                }
              })
          .run();
      var step = events.getFirst();
      return new Taken(before, named(network), step.loss(), step.measured());
    }
  }

  private static Map<String, float[]> named(Network network) {
    var values = new LinkedHashMap<String, float[]>();
    for (var tensor : network.tensors()) {
      values.put(NAMES.get(values.size()), tensor.floats());
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"backprop-equivalence", "scaled"})
  void gradientsAreThoseOfTheTrace(String name) throws IOException {
    var trace = Trace.read(name);
    var taken = taken(trace, 1);
    var step = trace.steps.getFirst();
    assertThat(taken.loss).isCloseTo(trace.loss, within(1e-6));
    for (String tensor : NAMES) {
      float[] before = Objects.requireNonNull(taken.before.get(tensor));
      float[] after = Objects.requireNonNull(taken.after.get(tensor));
      var gradient = new float[before.length];
      for (int i = 0; i < before.length; i++) {
        gradient[i] = before[i] - after[i];
      }
      // a difference of single precision weights of up to 0.4 has steps of 3e-8
      requireClose(tensor, gradient, Objects.requireNonNull(step.gradients.get(tensor)), 6e-8);
    }
    requireResiduals(step, taken.measured);
  }

  private static void requireResiduals(Step step, Map<String, Map<String, Double>> measured) {
    var found =
        measured.values().stream()
            .filter(figures -> figures.containsKey("primalResidual"))
            .map(figures -> Objects.requireNonNull(figures.get("primalResidual")))
            .toList();
    // that of the trace is at the moved variables, which only the first block's input is
    double expected = Objects.requireNonNull(step.primalResidual.get("z1"));
    assertThat(found).hasSize(2);
    assertThat(found.getFirst()).isCloseTo(expected, within(1e-3 * expected));
  }

  @Test
  void twoIterationsWithDualsEndWithTheWeightsOfTheTrace() throws IOException {
    var trace = Trace.read("two-iterations");
    var taken = taken(trace, trace.options.learningRate);
    for (String tensor : NAMES) {
      requireClose(
          tensor,
          Objects.requireNonNull(taken.after.get(tensor)),
          Objects.requireNonNull(trace.steps.get(1).weights.get(tensor)),
          0);
      requireMoved(trace, taken, tensor);
    }
  }

  /** Weights move by little, so it is the movement that is compared. */
  private static void requireMoved(Trace trace, Taken taken, String tensor) {
    float[] before = Objects.requireNonNull(taken.before.get(tensor));
    float[] after = Objects.requireNonNull(taken.after.get(tensor));
    var expected = Objects.requireNonNull(trace.steps.get(1).weights.get(tensor));
    var moved = new float[before.length];
    var wanted = new ArrayList<Double>();
    for (int i = 0; i < before.length; i++) {
      moved[i] = after[i] - before[i];
      wanted.add(expected.get(i) - before[i]);
    }
    requireClose(tensor, moved, wanted, 2e-7);
  }

  private static void requireClose(
      String what, float[] found, List<Double> expected, double rounding) {
    double largest = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    assertThat(found)
        .as(what)
        .containsExactly(Few.floats(expected), within((float) (SHARE * largest + rounding)));
  }
}
