package dev.gradus.djl.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Momentum of touched entries against the numbers of the authors' code. */
class TemperaturesTest {
  private static final Owner OWNER = Owner.INSTANCE;

  private record Named(String name, List<Double> values) {}

  private record Step(
      Map<String, List<Double>> gradients,
      Map<String, List<Double>> weights,
      @Nullable Map<String, List<Double>> state) {}

  private record Options(double learningRate, double momentum) {}

  private record Trace(Options options, List<Named> parameters, List<Step> steps) {}

  private static Trace trace() throws IOException {
    try (var reader =
        new InputStreamReader(
            Objects.requireNonNull(
                TemperaturesTest.class.getResourceAsStream("/golden/sparse-sgd-skip.json")),
            StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, Trace.class);
    }
  }

  private static Temperatures temperatures(Named start, DataParameters.Learning learning) {
    int count = start.values.size();
    var temperatures = new Temperatures(start.name, count, 1, learning, OWNER);
    var saved = new HashMap<String, Tensor>();
    List<Tensor> state = temperatures.state().stream().map(Rates::tensor).toList();
    saved.put(state.getFirst().name(), floats(state.getFirst().name(), start.values));
    saved.put(state.getLast().name(), state.getLast());
    temperatures.restore(saved);
    return temperatures;
  }

  private static Tensor floats(String name, List<Double> values) {
    var single = new float[values.size()];
    for (int i = 0; i < single.length; i++) {
      single[i] = values.get(i).floatValue();
    }
    return Tensor.of(name, List.of((long) single.length), single);
  }

  @Test
  void onlyTouchedEntriesMove() throws IOException {
    Trace trace = trace();
    var learning =
        new DataParameters.Learning(trace.options.learningRate, 0, trace.options.momentum, 1e9);
    for (Named parameter : trace.parameters) {
      var temperatures = temperatures(parameter, learning);
      for (Step step : trace.steps) {
        List<Double> gradient = step.gradients.getOrDefault(parameter.name, List.of());
        for (int index = 0; index < gradient.size(); index++) {
          temperatures.step(index, gradient.get(index));
        }
        requireClose(
            temperatures.state().getFirst(),
            Objects.requireNonNull(step.weights.get(parameter.name)));
        if (step.state != null) {
          requireClose(
              temperatures.state().getLast(),
              Objects.requireNonNull(step.state.get(parameter.name + "/buffer")));
        }
      }
    }
  }

  private static void requireClose(Rates found, List<Double> expected) {
    for (int index = 0; index < expected.size(); index++) {
      assertThat((double) found.get(index)).isCloseTo(expected.get(index), within(1e-6));
    }
  }

  @Test
  void everyStepKeepsLogarithmsWithinTheBounds() {
    var learning = new DataParameters.Learning(1, 0, 0, 20);
    var temperatures = new Temperatures("t", 2, 1, learning, OWNER);
    temperatures.step(0, -100);
    temperatures.step(1, 100);
    float[] found = temperatures.state().getFirst().tensor().floats();
    assertThat(found).containsExactly((float) Math.log(20), -(float) Math.log(20));
  }
}
