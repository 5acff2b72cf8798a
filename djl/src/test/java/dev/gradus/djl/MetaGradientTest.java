package dev.gradus.djl;

import static dev.gradus.djl.DoubleNetwork.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gradus.djl.InstanceRateTraceTest.Step;
import dev.gradus.djl.InstanceRateTraceTest.Trace;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A step, the look-ahead and the ghost product in double precision against PyTorch's automatic
 * differentiation through the step.
 */
class MetaGradientTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"instance-rate-tanh", "instance-rate-exp", "instance-rate-relu-old-point"})
  void theDerivativeByARateIsThatOfAutomaticDifferentiation(String name) throws IOException {
    Trace trace = Trace.read(name);
    try (var network = new DoubleNetwork(trace.block(), List.of((long) trace.sizes().inputs()))) {
      var at = arrays(network, trace.parameters().stream().map(p -> p.values()));
      for (Step step : trace.steps()) {
        at = follow(network, trace, step, at);
      }
    }
  }

  /** Takes a step as recorded, compares, and returns the weights after it. */
  private static List<NDArray> follow(
      DoubleNetwork network, Trace trace, Step step, List<NDArray> at) {
    int size = step.batch().size();
    var inputs = rows(network, trace, trace.x(), step.batch());
    var targets = targets(network, step.batch().stream().map(trace.labels()::get).toList());
    double[] shares = step.alphaBefore().stream().mapToDouble(rate -> rate / size).toArray();
    double rate = trace.options().learningRate();
    var after = moved(at, network.gradient(at, inputs, targets, shares), -rate);
    var trusted = trusted(network, trace, trace.options().lookahead() ? after : at);
    double[] products = network.ghost(at, trusted, inputs, targets);
    requireClose(products, step.innerProducts());
    if (trace.options().lookahead()) {
      double[] derivatives = Arrays.stream(products).map(p -> -rate / size * p).toArray();
      requireClose(derivatives, step.exactMetaDerivative());
    }
    return after;
  }

  /** The gradient of the mean loss of the trusted examples. */
  private static List<NDArray> trusted(DoubleNetwork network, Trace trace, List<NDArray> at) {
    int count = trace.metaLabels().size();
    var all = IntStream.range(0, count).boxed().toList();
    var shares = new double[count];
    Arrays.fill(shares, 1.0 / count);
    return network.gradient(
        at, rows(network, trace, trace.metaX(), all), targets(network, trace.metaLabels()), shares);
  }

  private static NDArray rows(
      DoubleNetwork network, Trace trace, List<Double> values, List<Integer> rows) {
    int columns = trace.sizes().inputs();
    double[] chosen =
        rows.stream()
            .flatMap(row -> values.subList(row * columns, (row + 1) * columns).stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    return network.array(chosen, new Shape(rows.size(), columns));
  }

  private static NDArray targets(DoubleNetwork network, List<Integer> classes) {
    return network.array(
        classes.stream().mapToDouble(Integer::doubleValue).toArray(), new Shape(classes.size()));
  }

  private static List<NDArray> arrays(DoubleNetwork network, Stream<List<Double>> values) {
    var shapes = network.weights().stream().map(NDArray::getShape).iterator();
    return values
        .map(list -> network.array(doubles(list), Objects.requireNonNull(shapes.next())))
        .toList();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void requireClose(double[] found, List<Double> expected) {
    double largest = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    assertThat(found).containsExactly(doubles(expected), within(1e-9 * largest));
  }
}
